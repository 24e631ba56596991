export { createRandom, type Random } from './contracts/random.ts'
