// From the wire to what pages show. Each function takes an answer as the engine gives it and names things the way pages do;
// fields that are missing stay missing. Pure: nothing is asked, nothing is invented.
import { isPlain, listAt, type Plain } from '../lib/values'
import type * as T from './types'

const text = (v: unknown) => (typeof v === 'string' && v !== '' ? v : undefined)
const number = (v: unknown) => (typeof v === 'number' && Number.isFinite(v) ? v : undefined)
const first = (o: Plain, ...names: string[]) => { for (const n of names) if (o[n] !== undefined && o[n] !== null && o[n] !== '') return o[n]; return undefined }
/** Leaves out what is undefined, so that `{ ...a, ...b }` never hides a value behind a gap. */
const clean = <R extends object>(o: R): R => Object.fromEntries(Object.entries(o).filter(([, v]) => v !== undefined)) as R
const named = (o: Plain, id: string): Plain & { id: string } => ({ ...o, id: String(first(o, id, 'id') ?? '') })
export const page = (a: Plain): T.Page => clean({ total: number(a.total), next_page_token: text(a.next_page_token) }) as T.Page

const dayOf = (date: unknown) => (typeof date === 'string' && /^\d{4}-\d\d-\d\d$/.test(date) ? Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000) : undefined)
const figureNames = ['gmv', 'orders', 'customers', 'conversion', 'new_customers', 'average_order', 'returns_share', 'visits']
export function overview(a: Plain): T.Overview {
  const earlier = listAt(a, 'daily_before')
  const days = listAt(a, 'daily', 'days').map((d, i) => clean({ ...d, day: number(d.day) ?? dayOf(d.date) ?? 0, gmv_minor_previous: number(d.gmv_minor_previous) ?? number(earlier[i]?.gmv_minor) })) as T.Overview['days']
  const rank = (n: string) => (figureNames.includes(n) ? figureNames.indexOf(n) : 99)
  const figures = listAt(a, 'figures').map((f) => clean({ key: String(f.name ?? ''), unit: f.unit === 'minor' ? 'money' : f.unit === 'share' ? 'share' : 'count', value: number(f.value) ?? 0, previous: number(f.before) }) as T.KeyFigure).sort((x, y) => rank(x.key) - rank(y.key))
  const moved = (list: Plain[], direction: string) => list.map((m) => ({ ...m, direction, product_id: String(m.product_id ?? ''), value: number(m.gmv_minor) ?? 0, previous: number(m.before_minor) ?? 0 }) as unknown as T.Mover)
  const waiting = clean(Object.fromEntries(['orders_to_ship', 'skus_out_of_stock', 'market_moves', 'open_decisions', 'running_jobs'].map((k) => [k, number(a[k])]))) as Record<string, number>
  return { ...(a as T.Overview), days: days ?? [], figures, movers: [...moved(listAt(a, 'rising'), 'up'), ...moved(listAt(a, 'falling'), 'down')], waiting }
}

const evidence = (v: unknown): T.Evidence[] => (Array.isArray(v) ? v : []).map((e) => (isPlain(e) ? (clean({ ...e, text: text(first(e, 'text', 'label')), value: e.value === undefined || e.value === null ? undefined : String(e.value) }) as T.Evidence) : { text: String(e) }))
export const decision = (d: Plain): T.Decision => clean({
  ...named(d, 'decision_id'), state: String(d.state ?? ''), evidence: evidence(d.evidence), why_en: text(first(d, 'why_en', 'reason_en')), why_zh: text(first(d, 'why_zh', 'reason_zh')),
  value_minor: number(first(d, 'value_minor', 'expected_minor')), value_low_minor: number(first(d, 'value_low_minor', 'expected_low_minor')), value_high_minor: number(first(d, 'value_high_minor', 'expected_high_minor')), measured_minor: number(d.measured_minor),
  carried_out_by: text(first(d, 'carried_out_by', 'operation')), undoable: d.undoable === true || (d.state === 'executed' && !!text(d.undo_operation)), currency: text(d.currency),
}) as T.Decision

export const product = (p: Plain): T.Product => clean({ ...named(p, 'product_id'), picture_url: text(p.picture_url) }) as unknown as T.Product
const shownAttribute = (a: Plain): Plain => clean({ ...a, value_en: text(first(a, 'value_en', 'text_en')), value_zh: text(first(a, 'value_zh', 'text_zh')), value: first(a, 'value', 'number'), unit: first(a, 'text_en', 'text_zh', 'value_en', 'value_zh') === undefined ? text(a.unit) : undefined })
export function productDetail(a: Plain): Plain {
  const p: Plain = isPlain(a.product) ? a.product : a
  const variants = listAt(p, 'variants').map((v) => ({ ...v, attributes: listAt(v, 'attributes').map(shownAttribute) })) as Plain[]
  const prices = variants.map((v) => number(v.price_minor)).filter((v): v is number => v !== undefined), stocks = variants.map((v) => number(v.stock)).filter((v): v is number => v !== undefined)
  const { product: _, ...rest } = a
  return clean({ ...rest, ...named(p, 'product_id'), currency: text(first(p, 'currency')) ?? text(a.currency), variants, attributes: Array.isArray(p.attributes) ? listAt(p, 'attributes').map(shownAttribute) : p.attributes, media: listAt(p, 'media', 'pictures'), price_minor: number(p.price_minor) ?? (prices.length ? Math.min(...prices) : undefined), stock: number(p.stock) ?? (stocks.length ? stocks.reduce((x, y) => x + y, 0) : undefined) })
}
export const category = (c: Plain): T.Category => named(c, 'category_id') as unknown as T.Category

export const order = (o: Plain): T.Order => clean({ ...named(o, 'order_id'), customer_id: text(o.customer_id), customer_name: text(o.customer_name) ?? (isPlain(o.contact) ? text(o.contact.name) : undefined), channel: text(o.channel), lines_count: number(o.lines_count) ?? (listAt(o, 'lines').length || undefined) }) as unknown as T.Order
export function orderDetail(a: Plain): Plain {
  const o: Plain = isPlain(a.order) ? a.order : a
  const contact: Plain = isPlain(o.contact) ? o.contact : {}
  const steps: [string, unknown][] = [['placed', o.placed_at_ms], ['shipped', o.shipped_at_ms], ['delivered', o.delivered_at_ms]]
  const told = listAt(o, 'history', 'events', 'states')
  const history = told.length ? told : steps.filter(([, at]) => number(at)).map(([status, at_ms]) => ({ status, at_ms, ...(status === 'shipped' && text(o.tracking) ? { note: o.tracking } : {}) }))
  if (!told.length && (o.status === 'cancelled' || o.status === 'returned' || o.status === 'partly_returned' || (o.status === 'paid' && history.length === 1))) history.push({ status: o.status as string, at_ms: undefined })
  const lines = listAt(o, 'lines').map((l) => ({ ...l, total_minor: number(l.total_minor) ?? (number(l.unit_price_minor) ?? 0) * (number(l.quantity) ?? 0) - (number(l.discount_minor) ?? 0) }))
  const discount = number(o.discount_minor)
  return clean({ ...order(o), customer_name: text(o.customer_name) ?? text(contact.name), history, lines, discount_minor: discount === undefined ? undefined : -Math.abs(discount), contact: undefined, shipped_at_ms: undefined, delivered_at_ms: undefined, tracking: undefined, ship_to: first(o, 'ship_to') ?? (Object.values(contact).some(Boolean) ? contact : undefined) }) as Plain
}

export const customer = (c: Plain): T.Customer => clean({ ...named(c, 'customer_id'), first_seen_at_ms: number(first(c, 'first_seen_at_ms', 'created_at_ms')), name: text(c.name), email: text(c.email), phone: text(c.phone), city: text(c.city) }) as unknown as T.Customer
export const customerDetail = (a: Plain): Plain => { const c = isPlain(a.customer) ? a.customer : a; const { customer: _, ...rest } = a; return { ...rest, ...customer(c), created_at_ms: undefined, customer_id: undefined } }

const guideKind = (k: unknown) => (k === 'guide' ? 'dialogue' : text(k))
export const conversation = (c: Plain): T.Conversation => clean({ ...named(c, 'conversation_id'), kind: guideKind(c.kind), state: text(first(c, 'state', 'status')), outcome: text(c.outcome), preview: text(first(c, 'preview', 'topic')), last_at_ms: number(first(c, 'last_at_ms', 'updated_at_ms')), customer_id: text(c.customer_id), customer_name: text(c.customer_name), turns: number(c.turns) ?? (listAt(c, 'messages').length || undefined) }) as unknown as T.Conversation
const turn = (m: Plain): T.Turn => {
  const data = isPlain(m.data) ? m.data : {}
  const cards = listAt(m, 'products').length ? listAt(m, 'products') : listAt(data, 'products', 'cards', 'picks')
  return clean({ ...m, role: String(m.role ?? ''), text: text(first(m, 'text', 'body')), at_ms: number(m.at_ms), products: cards.length ? cards.map(product) : undefined }) as unknown as T.Turn
}
export function transcript(a: Plain): { conversation: T.Conversation; turns: T.Turn[] } {
  const c = isPlain(a.conversation) ? a.conversation : a
  const said = listAt(a, 'turns', 'messages')
  return { conversation: conversation(c), turns: (said.length ? said : listAt(c, 'messages', 'turns')).map(turn) }
}

export const job = (j: Plain): T.Job => {
  const error = isPlain(j.error) ? (isPlain(j.error.error) ? j.error.error : j.error) : undefined
  const log = listAt(j, 'log')
  return clean({ ...named(j, 'job_id'), state: j.state === 'done' ? 'succeeded' : String(j.state ?? 'running'), what: text(first(j, 'what', 'doing')), user_name: text(first(j, 'user_name', 'caller')), finished_at_ms: number(first(j, 'finished_at_ms', 'ended_at_ms')), error: error && text(error.reason) ? { reason: String(error.reason), message: String(error.message ?? '') } : undefined, result: j.result === null ? undefined : j.result, log: log.length ? log.map((l) => ({ ...l, text: String(first(l, 'text', 'line') ?? '') })) : undefined }) as unknown as T.Job
}
export const jobDetail = (a: Plain): T.Job => job(isPlain(a.job) ? { ...a.job, log: a.log ?? a.job.log } : a)

/** What is known in both languages is booked as two lines, English first. */
const bilingual = (note: string | undefined) => { const lines = (note ?? '').split('\n'); return lines.length === 2 ? { note_en: lines[0], note_zh: lines[1] } : { note } }
export const ledgerEntry = (e: Plain): T.LedgerEntry => clean({ ...named(e, 'entry_id'), kind: text(first(e, 'kind', 'value_kind')), ...bilingual(text(first(e, 'note', 'evidence', 'role'))), method: text(e.method), currency: text(e.currency) }) as unknown as T.LedgerEntry
export const auditEntry = (e: Plain): T.AuditEntry => clean({ ...named(e, 'seq'), actor: text(first(e, 'actor', 'caller')), target: text(first(e, 'target', 'summary')), outcome: text(e.outcome) }) as unknown as T.AuditEntry
export const apiKey = (k: Plain): T.ApiKey => clean({ ...named(k, 'key_id'), scopes: Array.isArray(k.scopes) ? k.scopes : String(k.scopes ?? '').split(/[\s,]+/).filter(Boolean), revoked: k.revoked === true || number(k.revoked_at_ms) !== undefined }) as unknown as T.ApiKey
export const user = (u: Plain): T.User => clean({ ...named(u, 'user_id'), state: text(u.state) ?? (u.disabled === true ? 'disabled' : 'enabled') }) as unknown as T.User
export const settings = (a: Plain): T.Settings => ({ ...a, items: listAt(a, 'settings').map((s) => ({ name: String(s.name ?? ''), value: String(s.value ?? ''), meaning_en: String(s.meaning_en ?? ''), meaning_zh: String(s.meaning_zh ?? ''), secret: s.secret === true })) })

const texts = (v: unknown) => (Array.isArray(v) ? v.filter((x): x is string => typeof x === 'string' && x !== '') : [])
export const inspection = (a: Plain): T.Inspection => clean({ ...(a as unknown as T.Inspection), fields: listAt(a, 'available', 'fields') as unknown as T.ImportField[], preset: text(a.preset), notes: texts(a.notes) })
const madeOf = (v: unknown) => (isPlain(v) ? Object.fromEntries(Object.entries(v).filter((e): e is [string, number] => typeof e[1] === 'number' && e[1] > 0)) : {})
export const importReport = (a: Plain): T.ImportReport => clean({ ...(a as unknown as T.ImportReport), created: madeOf(a.created), notes: texts(a.notes), skipped: number(a.skipped) || undefined })
export const importRecord = (r: Plain): T.ImportRecord => clean({ ...named(r, 'import_id'), file_name: text(r.file_name), kind: text(r.kind), state: text(r.state), at_ms: number(first(r, 'at_ms', 'created_at_ms', 'finished_at_ms')), user_name: text(first(r, 'user_name', 'caller')), undoable: r.undoable === true }) as unknown as T.ImportRecord
