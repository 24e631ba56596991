import { createRandom } from '@heedful/detect/contracts/random'
import { describe, expect, it } from 'vitest'
import { endDay, FIRST_LEVEL, innocentsADay, type LevelState, noteRisk, startLevel } from './level.ts'

/** Days of `stories` innocent stories whose risks fall off exponentially from 1, and of some attacks. */
function levelAfter(days: number, stories: number, attacks: number, seed: number): LevelState {
  const random = createRandom(seed)
  const state = startLevel()
  for (let day = 0; day < days; day++) {
    for (let i = 0; i < stories; i++) noteRisk(state, `user\n${i}`, 1 - Math.log(random.next()))
    for (let i = 0; i < attacks; i++) noteRisk(state, `user\nvictim ${i}`, 30 + random.next())
    endDay(state, true, 1.5)
  }
  return state
}

/** Above this risk lie so many of the stories a day. */
const exceededBy = (stories: number, aDay: number): number => 1 + Math.log(stories / aDay)

describe('the level', () => {
  it('is what innocent stories exceed so often a day as is asked for', () => {
    for (const seed of [1, 2, 3, 4, 5])
      expect(Math.abs(levelAfter(28, 600, 0, seed).level - exceededBy(600, 1.5))).toBeLessThan(0.7)
  })

  it('is hardly lifted by attacks, though they are every day', () => {
    for (const seed of [1, 2, 3]) {
      const lifted = levelAfter(28, 600, 2, seed).level - levelAfter(28, 600, 0, seed).level
      expect(lifted, 'by the two riskiest alone it would be lifted to 30').toBeLessThan(1.2)
    }
  })

  it('is the first until three days are known, and never below the least', () => {
    expect(levelAfter(2, 600, 0, 1).level).toBe(FIRST_LEVEL)
    expect(levelAfter(5, 2, 0, 1).level).toBe(5)
  })

  it('learns nothing from a day without a story, nor from one that was not calibrated', () => {
    const state = levelAfter(10, 600, 0, 1)
    const before = structuredClone(state)
    endDay(state, true, 1.5)
    noteRisk(state, 'user\nada', 40)
    endDay(state, false, 1.5)
    expect(state).toEqual(before)
  })

  it('asks for fewer innocent stories where less can be read, or fewer people live', () => {
    expect(innocentsADay(20, 300)).toBe(1)
    expect(innocentsADay(20, 30_000)).toBe(1)
    expect(innocentsADay(10, 300)).toBe(0.5)
    expect(innocentsADay(20, 60)).toBeCloseTo(0.2)
    expect(innocentsADay(20, 0)).toBeGreaterThan(0)
  })

  it('counts one entity once a day', () => {
    const state = startLevel()
    for (let i = 0; i < 50; i++) noteRisk(state, 'user\nada', i)
    expect(state.today).toEqual([{ who: 'user\nada', risk: 49 }])
  })
})
