// Tables leave the console as CSV that spreadsheets open safely.

/** A cell that begins like a formula would run in a spreadsheet: such texts get a leading apostrophe. Numbers stay numbers. */
export function csvCell(v: unknown): string {
  if (v === undefined || v === null) return ''
  if (typeof v === 'number') return String(v)
  let s = typeof v === 'object' ? JSON.stringify(v) : String(v)
  if (/^[=+\-@\t\r]/.test(s)) s = `'${s}`
  return /[",\n\r]/.test(s) ? `"${s.replaceAll('"', '""')}"` : s
}
export const toCsv = (heads: string[], rows: unknown[][]) => [heads, ...rows].map((r) => r.map(csvCell).join(',')).join('\r\n') + '\r\n'

/** Rows of a text as spreadsheets save it (RFC 4180; comma, semicolon or tab, whichever the first line has most of). */
export function fromCsv(text: string): string[][] {
  const body = text.replace(/^\ufeff/, ''), head = body.slice(0, (body + '\n').indexOf('\n'))
  const by = [',', ';', '\t'].map((d) => ({ d, n: head.split(d).length })).sort((a, b) => b.n - a.n)[0]!.d
  const rows: string[][] = []
  let row: string[] = [], cell = '', quoted = false, at = 0
  const end = () => { row.push(cell); cell = '' }, line = () => { end(); rows.push(row); row = [] }
  for (; at < body.length; at++) {
    const c = body[at]!
    if (quoted) { if (c !== '"') cell += c; else if (body[at + 1] === '"') { cell += '"'; at++ } else quoted = false }
    else if (c === '"' && !cell) quoted = true
    else if (c === by) end()
    else if (c === '\n') line()
    else if (c !== '\r') cell += c
  }
  if (cell || row.length) line()
  return rows
}

export function download(name: string, text: string, type = 'text/csv') {
  const url = URL.createObjectURL(new Blob([type === 'text/csv' ? '\ufeff' + text : text], { type: `${type};charset=utf-8` }))
  const a = Object.assign(document.createElement('a'), { href: url, download: name })
  a.click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}

/** Pictures come from catalogues, so from strangers: only what can be a picture is put into src. */
export const safePicture = (url: unknown): string | undefined =>
  typeof url === 'string' && (/^https?:\/\//i.test(url) || /^\/(?!\/)/.test(url) || /^data:image\/(png|jpeg|webp|gif|avif);/i.test(url)) ? url : undefined
