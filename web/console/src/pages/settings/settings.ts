// Settings as forms: the engine lists each with its meaning in both languages; here they are put on their pages. No Vue, no network.
import type { Settings } from '../../api/types'
import type { Schema } from '../../lib/schema'
import type { Plain } from '../../lib/values'

const words: Record<string, RegExp> = { agents: /^anonymous_agent/, encoder: /^embedding/, speech: /^(speech|text_to_speech)/, picture: /^picture_model/, model: /^(language_model|model|llm)/, policies: /^policy_/, privacy: /^(privacy|retention|personal|consent)/ }
/** The groups of each page, in the order in which they stand there. */
export const groupsOf: Record<string, readonly string[]> = { shop: ['shop', 'policies'], model: ['model', 'encoder', 'picture', 'speech'], privacy: ['privacy'] }
export const groupOf = (name: string) => Object.keys(words).find((g) => words[g]!.test(name)) ?? 'shop'
const isNumber = (name: string, value: string) => /_(minor|days|ms|level|per_day|per_minute)$|_(minor|days|ms)_/.test(name) && /^-?\d*$/.test(value)

export function groupSchema(s: Settings, group: string, zh: boolean): Schema | undefined {
  const items = s.items.filter((i) => groupOf(i.name) === group)
  if (!items.length) return undefined
  return { type: 'object', properties: Object.fromEntries(items.map((i) => [i.name, { type: isNumber(i.name, i.value) ? 'integer' : 'string', description: zh ? i.meaning_zh : i.meaning_en, ...(i.secret ? { writeOnly: true } : {}), ...(/^policy_|^size_charts$|^guide_occasions$/.test(i.name) ? { maxLength: 20000 } : {}) } satisfies Schema])) }
}
/** What stands now. Secrets never come back, so they start empty and stay as they are unless something is typed. */
export const groupValues = (s: Settings, schema: Schema): Plain =>
  Object.fromEntries(s.items.filter((i) => schema.properties?.[i.name] && !i.secret && i.value !== '').map((i) => [i.name, schema.properties![i.name]!.type === 'integer' ? Number(i.value) : i.value]))

/** Only what differs is sent; an emptied field goes back to its default. */
export function changes(s: Settings, schema: Schema, form: Plain): { name: string; value: string }[] {
  return s.items.filter((i) => schema.properties?.[i.name]).flatMap((i) => {
    const now = form[i.name] === undefined || form[i.name] === null ? '' : String(form[i.name])
    return now === (i.secret ? '' : i.value) ? [] : [{ name: i.name, value: now }]
  })
}
