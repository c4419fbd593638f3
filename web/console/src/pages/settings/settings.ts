// Which fields of settings.update belong to which page: by object name first ("model": {…}), else by prefix ("model_url"). No Vue, no network.
import type { Schema } from '../../lib/schema'
import { isPlain, type Plain } from '../../lib/values'

const words: Record<string, RegExp> = { model: /^(model|language|llm)/, privacy: /^(privacy|retention|personal|consent)/ }
export const groupOf = (field: string) => Object.keys(words).find((g) => words[g]!.test(field)) ?? 'shop'
const plumbing = new Set(['shop_id', 'version'])

/** The part of the request's schema that one page edits; undefined when it has nothing there. */
export function groupSchema(schema: Schema | undefined, group: string): Schema | undefined {
  const wrapped = schema?.properties?.settings?.properties ? schema.properties.settings : schema
  const properties = Object.fromEntries(Object.entries(wrapped?.properties ?? {}).filter(([k]) => groupOf(k) === group && !plumbing.has(k)))
  return Object.keys(properties).length ? { type: 'object', properties, required: (wrapped?.required ?? []).filter((k) => k in properties) } : undefined
}
/** The present values of these fields, wherever the answer keeps them. Secrets never come back, so they start empty. */
export function groupValues(answer: Plain, schema: Schema): Plain {
  const from = isPlain(answer.settings) ? answer.settings : answer
  const out: Plain = {}
  for (const [k, p] of Object.entries(schema.properties ?? {})) if (!p.writeOnly && from[k] !== undefined) out[k] = structuredClone(from[k])
  return out
}
export const wrap = (schema: Schema | undefined, body: Plain): Plain => (schema?.properties?.settings?.properties ? { settings: body } : body)
