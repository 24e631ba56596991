/** Where the page was built: what the server serves, and what the report of a scan is made of. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Copied into the package, or where it was built. */
const PLACES = ['../../page', '../../../dashboard/dist'].map((path) => fileURLToPath(new URL(path, import.meta.url)))

const find = (file: string): string | undefined => PLACES.find((folder) => existsSync(`${folder}/${file}`))

/** The folder of the live page; undefined where it is not built. */
export const findPage = (): string | undefined => find('index.html')

/** The file that reports are made of, `report` of a scan, `comparison` of detectors; undefined where it is not built. */
export function findReportPage(name: 'report' | 'comparison' = 'report'): string | undefined {
  const file = `report/${name}.html`
  const folder = find(file)
  return folder === undefined ? undefined : `${folder}/${file}`
}
