// The subset of JSON Schema 2020-12 that the engine emits, and what a form needs to know about it. No Vue here.
export interface Schema {
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean'  // absent: any JSON
  title?: string
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  enum?: string[]
  minimum?: number
  maximum?: number
  maxLength?: number
  maxItems?: number
  format?: string
  default?: unknown
  writeOnly?: boolean
}

/** The value a fresh form starts with: defaults where declared, nothing where optional. */
export function initialValue(s: Schema): unknown {
  if (s.default !== undefined) return structuredClone(s.default)
  if (s.type === 'array') return []
  if (s.type !== 'object') return undefined
  return Object.fromEntries(
    Object.entries(s.properties ?? {})
      .map(([k, p]) => [k, p.type === 'object' && !s.required?.includes(k) ? undefined : initialValue(p)])
      .filter(([, v]) => v !== undefined))
}

/** What is sent: empty texts, empty lists and empty objects of optional fields are left out, so that the engine's defaults hold. */
export function compact(value: unknown, s: Schema): unknown {
  if (s.type === 'array' && Array.isArray(value)) return value.map((v) => compact(v, s.items ?? {})).filter((v) => v !== undefined)
  if (s.type !== 'object' || value === null || typeof value !== 'object') return value === '' || value === null ? undefined : value
  const out: Record<string, unknown> = {}
  for (const [k, v] of Object.entries(value)) {
    const p = s.properties?.[k] ?? {}
    const required = s.required?.includes(k) ?? false
    const c = compact(v, p)
    const empty = c === undefined || (Array.isArray(c) && c.length === 0) || (p.type === 'object' && Object.keys(c as object).length === 0)
    if (!empty) out[k] = c
    else if (required && v !== undefined && v !== null) out[k] = Array.isArray(v) ? c : v
  }
  return out
}

/** One step of a JSON Pointer, escaped (RFC 6901). */
export const pointer = (parent: string, step: string | number) => `${parent}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`

/** Long texts get a box instead of a line. */
export const isLong = (name: string, s: Schema) => ((s.maxLength ?? 0) > 300 && !/(^|_)(query|token|id|url|name)$/.test(name)) || /(^|_)(text|note|body|prompt|message|description|sql|notes)$/.test(name)

/** Milliseconds since 1970 that name a moment, not a length of time. */
export const isInstant = (name: string) => /_at_ms$|^(at|from|until|to)_ms$/.test(name)

export const widgetOf = (name: string, s: Schema) =>
  s.enum ? 'choice' : s.type === 'boolean' ? 'switch' : s.type === 'integer' && isInstant(name) ? 'instant' : s.type === 'integer' || s.type === 'number' ? 'number'
    : s.type === 'object' && s.properties ? 'object' : s.type === 'array' ? (s.items?.type === 'object' && s.items.properties ? 'objects' : 'scalars')
      : s.type === 'string' ? (s.writeOnly ? 'secret' : isLong(name, s) ? 'long' : 'line') : 'json'

/** The first words of a Chinese explanation, when they are short enough for a label: 需要的筛选项；留空则自动选择。 → 需要的筛选项 */
export const labelFrom = (description: string | undefined) => { const s = /^[^；，。：（(;,]+/.exec(description ?? '')?.[0].trim() ?? ''; return s.length <= 10 && /\p{Script=Han}/u.test(s) ? s : '' }

/** "order_lines" → "Order lines": the label of last resort, when the dictionary does not know the field. */
export const humanise = (name: string) => { const s = name.replaceAll('_', ' ').trim(); return s.charAt(0).toUpperCase() + s.slice(1) }
