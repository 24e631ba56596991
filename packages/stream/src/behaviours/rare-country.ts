import { country } from '../features/country.ts'
import { rarity } from './rarity.ts'

export const rareCountry = rarity({
  id: 'rare_country',
  family: 'place',
  title: 'Unusual country',
  techniques: ['T1078'],
  reads: country,
  noun: 'country',
})
