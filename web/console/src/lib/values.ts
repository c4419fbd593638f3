// Reading an answer whose exact fields the console does not know: by the names the API keeps to (`_minor`, `_at_ms`, `_day`, share).
import { isInstant } from './schema'

export type Plain = Record<string, unknown>
export const isPlain = (v: unknown): v is Plain => typeof v === 'object' && v !== null && !Array.isArray(v)
export const isRows = (v: unknown): v is Plain[] => Array.isArray(v) && v.length > 0 && v.every(isPlain)

export const kindOf = (key: string, v: unknown): 'money' | 'instant' | 'duration' | 'day' | 'share' | 'number' | 'boolean' | 'text' | 'rows' | 'list' | 'object' | 'nothing' =>
  v === undefined || v === null || v === '' ? 'nothing'
    : typeof v === 'boolean' ? 'boolean'
      : typeof v === 'number' ? (/_minor$/.test(key) ? 'money' : isInstant(key) ? 'instant' : /_ms$/.test(key) ? 'duration' : /(^|_)day$/.test(key) ? 'day' : /(^|_)(share|rate|conversion|probability)$/.test(key) ? 'share' : 'number')
        : isRows(v) ? 'rows' : Array.isArray(v) ? 'list' : isPlain(v) ? 'object' : 'text'

/** The wrapped thing of an answer: `{ product: {…}, … }` or the thing itself, with the rest beside it. */
export function unwrap(answer: Plain | undefined, name: string): Plain {
  if (!answer) return {}
  const inner = answer[name]
  return isPlain(inner) ? { ...answer, ...inner, [name]: undefined } : answer
}
/** The first list found under one of these names. */
export function listAt(o: Plain | undefined, ...names: string[]): Plain[] {
  for (const n of names) { const v = o?.[n]; if (Array.isArray(v)) return v.filter(isPlain) }
  return []
}
/** Columns of rows nobody described: the keys of the first rows, the identifying ones first. */
export function columnsOf(rows: Plain[]): string[] {
  const keys = new Set<string>()
  for (const r of rows.slice(0, 20)) for (const k of Object.keys(r)) keys.add(k)
  const rank = (k: string) => (/^(id|name|title)/.test(k) ? 0 : 1)
  return [...keys].sort((a, b) => rank(a) - rank(b))
}
