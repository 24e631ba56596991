/** Rows of the committed measurements, by the detector that they are about. */

const cells = (line) => line.split('|').slice(1, -1)

/**
 * Tables of Markdown whose first column names detectors, with the heading that they stand under.
 * @returns {{ heading: string, head: string[], rows: Map<string, string[]> }[]}
 */
export function readMeasured(markdown) {
  const tables = []
  let [heading, table] = ['', undefined]
  for (const line of markdown.split('\n')) {
    if (/^#+ /.test(line)) heading = line.replace(/^#+ /, '')
    if (!line.startsWith('|')) table = undefined
    else if (table === undefined) {
      table = { heading, head: [line], rows: new Map() }
      if (cells(line)[0].trim() === 'detector') tables.push(table)
    } else if (table.head.length === 1) table.head.push(line)
    else {
      const id = cells(line)[0].replaceAll('*', '').trim()
      table.rows.set(id, [...(table.rows.get(id) ?? []), line])
    }
  }
  return tables
}

/** The tables cut down to one detector; empty where nothing was measured. */
export function rowsOf(tables, id) {
  const own = tables.filter(({ rows }) => rows.has(id))
  return own.flatMap(({ heading, head, rows }) => [`${heading}:`, '', ...head, ...rows.get(id), ''])
}

/** One cell of the first table that has the detector and the column; undefined without. */
export function cellOf(tables, id, column) {
  for (const { head, rows } of tables) {
    const at = cells(head[0]).findIndex((cell) => cell.trim() === column)
    const [row] = rows.get(id) ?? []
    if (at >= 0 && row !== undefined) return cells(row)[at].trim()
  }
  return undefined
}
