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

export function download(name: string, text: string, type = 'text/csv') {
  const url = URL.createObjectURL(new Blob([type === 'text/csv' ? '\ufeff' + text : text], { type: `${type};charset=utf-8` }))
  const a = Object.assign(document.createElement('a'), { href: url, download: name })
  a.click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}

/** Pictures come from catalogues, so from strangers: only what can be a picture is put into src. */
export const safePicture = (url: unknown): string | undefined =>
  typeof url === 'string' && (/^https?:\/\//i.test(url) || /^\/(?!\/)/.test(url) || /^data:image\/(png|jpeg|webp|gif|avif);/i.test(url)) ? url : undefined
