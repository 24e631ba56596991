/** Characters that take two columns of a terminal: Chinese, Japanese, Korean, full-width forms, emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu
/** Code units of the pairs that those take which lie beyond the first plane. */
const PAIR = /[\u{10000}-\u{10ffff}]/gu

/** Columns that a plain text takes. */
export function columnsOf(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0) - (text.match(PAIR)?.length ?? 0)
}

/** Breaks text between words into lines of at most `width` columns; a longer word is broken itself. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const word of text.split(' ').flatMap((whole) => breakWord(whole, width))) {
    const columns = columnsOf(word)
    if (line !== '' && used + 1 + columns > width) {
      lines.push(line)
      line = word
      used = columns
    } else {
      used += line === '' ? columns : columns + 1
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}

function breakWord(word: string, width: number): string[] {
  if (columnsOf(word) <= width) return [word]
  const parts: string[] = []
  let part = ''
  let used = 0
  for (const character of word) {
    const columns = columnsOf(character)
    if (used + columns > width) {
      parts.push(part)
      part = ''
      used = 0
    }
    part += character
    used += columns
  }
  return [...parts, part]
}
