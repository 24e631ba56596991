import { browserVersion } from '../features/browser-version.ts'
import { rarity } from './rarity.ts'

export const rareBrowserVersion = rarity({
  id: 'rare_browser_version',
  family: 'device',
  title: 'Unusual version of a browser',
  techniques: ['T1078'],
  reads: browserVersion,
  noun: 'browser version',
})
