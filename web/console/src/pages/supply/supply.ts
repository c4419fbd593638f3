// What the page of stock makes of its answers. No Vue, no network.
import type { LevelByHand, OrderPolicy, PlaceStock, ProposalLine, PurchaseProposal, StockedGood, StockItem, SupplySettings } from '../../api/operations'

export const views = ['buy', 'risk', 'excess', 'levels', 'between', 'alerts', 'past', 'settings'] as const
export type View = (typeof views)[number]

/** What a person typed instead of the proposed quantity; nothing for what is no whole number. */
export function quantity(text: string): number | undefined {
  const t = text.trim().replaceAll(/[,\s]/g, '')
  return /^\d{1,9}$/.test(t) ? Number(t) : undefined
}
/** Lines whose typed quantity differs from what the order asks for; undefined when one of them is no number. */
export function changedLines(lines: readonly ProposalLine[], typed: ReadonlyMap<string, string>): { sku: string; quantity: number }[] | undefined {
  const out: { sku: string; quantity: number }[] = []
  for (const l of lines) {
    const text = typed.get(l.sku)
    if (text === undefined) continue
    const q = quantity(text)
    if (q === undefined) return undefined
    if (q !== l.quantity) out.push({ sku: l.sku, quantity: q })
  }
  return out
}
/** A purchase order as rows of a table, for whoever sends it on: numbers as numbers, money in whole units of the currency. */
export const orderRows = (p: PurchaseProposal, unit: number) => p.lines.filter((l) => l.quantity > 0).map((l) => [p.purchase_order_id, p.supplier_id, p.supplier_name, p.place_id, l.sku, l.title_zh, l.title_en, l.quantity, l.cost_minor / unit, l.line_minor / unit])
export const orderHeads = ['purchase_order', 'supplier_id', 'supplier', 'place', 'sku', 'title_zh', 'title_en', 'quantity', 'unit_cost', 'line_total']

/** Days before today and ahead on one axis: labels and the series of the chart. Stock that is not counted (-1) is a gap. */
export function courses(g: StockedGood) {
  const behind = g.past.map(() => undefined as number | undefined), ahead = g.ahead.map(() => undefined as number | undefined)
  return {
    days: [...g.past.map((p) => p.day), ...g.ahead.map((a) => a.day)],
    stock: [...g.past.map((p) => (p.stock < 0 ? undefined : p.stock)), ...ahead],
    sold: [...g.past.map((p) => (p.sold < 0 ? undefined : p.sold)), ...ahead],
    low: [...behind, ...g.ahead.map((a) => a.low)], high: [...behind, ...g.ahead.map((a) => a.high)], mean: [...behind, ...g.ahead.map((a) => a.mean)], ordered: [...behind, ...g.ahead.map((a) => a.with_order)],
  }
}
/** When a good is gone: now, with the day on which it is gone again once what is on order came, or on a day. */
export const gone = (i: Pick<StockItem, 'state' | 'run_out_day' | 'gone_again_day'>): { now: boolean; on?: number; again?: number } => (i.state === 'out' ? { now: true, again: i.gone_again_day } : { now: false, on: i.run_out_day })
/** Of an edit that was refused the lines with the nearest quantities that the supplier delivers; empty: it was refused for something else. */
export function nearest(fields: readonly { path: string; message: string }[], lines: readonly { sku: string }[]): { sku: string; near: string }[] {
  return fields.flatMap((f) => {
    const at = /^\/lines\/(\d+)\/quantity$/.exec(f.path), near = /nearest: ([\d, ]+)$/.exec(f.message), line = at && lines[Number(at[1])]
    return line && near ? [{ sku: line.sku, near: near[1]!.split(', ').join(' / ') }] : []
  })
}
/** How much a state asks for attention: colours of its tag. */
export const tone = (state: StockItem['state']) => (state === 'out' ? 'bad' : state === 'runs_out' ? 'warn' : state === 'low' ? 'ember' : state === 'excess' ? 'info' : '')

export const services = ['fill_rate', 'cycle_service'] as const
export type Service = (typeof services)[number]
/** A share as a form shows it, in tenths of a percent; and back, where one that nobody changed stays as fine as it was. */
const percent = (target: number | undefined) => (target === undefined ? '' : String(Math.round(1000 * target) / 10))
const shareOf = (typed: string, was: number | undefined) => (was !== undefined && typed.trim() === percent(was) ? was : Math.round(Number(typed) * 10) / 1000)
const ofClass = (s: SupplySettings, c: string) => s.targets.find((t) => (!t.abc || t.abc === c) && !t.xyz)
/** What is promised by ABC class as percent and of what, for a form; and back, keeping what else the settings say. */
export const promises = (s: SupplySettings) => Object.fromEntries(['A', 'B', 'C'].map((c) => [c, percent(ofClass(s, c)?.fill_rate ?? 0.95)])) as Record<'A' | 'B' | 'C', string>
export const promisedOf = (s: SupplySettings) => Object.fromEntries(['A', 'B', 'C'].map((c) => [c, ofClass(s, c)?.service ?? 'fill_rate'])) as Record<'A' | 'B' | 'C', Service>
export function withPromises(s: SupplySettings, typed: Record<'A' | 'B' | 'C', string>, of: Record<'A' | 'B' | 'C', Service>): SupplySettings['targets'] {
  const finer = s.targets.filter((t) => t.xyz)  // what the form does not show goes on
  return [...finer, ...(['A', 'B', 'C'] as const).map((c) => ({ abc: c, xyz: '', fill_rate: shareOf(typed[c], ofClass(s, c)?.fill_rate), service: of[c] }))]
}
/** A number within bounds as typed, or nothing. */
export function within(text: string, low: number, high: number): number | undefined {
  const t = text.trim()
  if (!/^\d{1,12}(\.\d{1,3})?$/.test(t)) return undefined
  const v = Number(t)
  return v >= low && v <= high ? v : undefined
}

/** The most that a place holds as typed: null for no limit, nothing for what is neither. */
export function limit(text: string): number | null | undefined {
  const t = text.trim().replaceAll(/[,\s]/g, '')
  if (t === '') return null
  return /^[1-9]\d{0,11}$/.test(t) ? Number(t) : undefined
}
/** Limits of places for a form; and back. A rule for a place that the form does not show goes on. */
export const limits = (places: readonly PlaceStock[]) => Object.fromEntries(places.map((p) => [p.place_id, p.most_units === undefined ? '' : String(p.most_units)]))
export function withLimits(s: SupplySettings, shown: readonly string[], typed: Record<string, string>): SupplySettings['places'] {
  const kept = s.places.filter((r) => !shown.includes(r.place_id))
  return [...kept, ...shown.flatMap((id) => { const most = limit(typed[id] ?? ''); return typeof most === 'number' ? [{ place_id: id, most_units: most }] : [] })]
}

/** Ways to order by supplier, put into the settings: a rule that only said so and says by_cost again is gone, what else a rule says stays. */
export interface SupplierWay { policy: OrderPolicy; service: Service | 'class'; promise: string }
/** The rule of a supplier as a form shows it; class, and no promise: what its goods' classes say. */
export const wayOf = (rule: Partial<SupplySettings['suppliers'][number]> | undefined): SupplierWay => ({ policy: rule?.policy ?? 'by_cost', service: rule?.service ?? 'class', promise: percent(rule?.target) })
/** Whether a promise was typed that is no share. */
export const noShare = (way: SupplierWay) => Boolean(way.promise.trim()) && within(way.promise, 50, 99.9) === undefined
/** The rules of suppliers with what was typed; nothing when a promise is no share. */
export function withWays(s: SupplySettings, ways: Readonly<Record<string, SupplierWay>>): Partial<SupplySettings['suppliers'][number]>[] | undefined {
  if (Object.values(ways).some(noShare)) return undefined
  const said = (w: SupplierWay, was?: number) => ({ policy: w.policy, ...(w.service !== 'class' ? { service: w.service } : {}), ...(w.promise.trim() ? { target: shareOf(w.promise, was) } : {}) })
  const kept = s.suppliers.map((r) => { const { service: _service, target: _target, ...rest } = r; return ways[r.supplier_id] ? { ...rest, ...said(ways[r.supplier_id]!, r.target) } : r }), known = new Set(kept.map((r) => r.supplier_id))
  return [...kept, ...Object.entries(ways).filter(([id, w]) => (w.policy !== 'by_cost' || w.service !== 'class' || w.promise.trim()) && !known.has(id)).map(([supplier_id, w]) => ({ supplier_id, ...said(w) }))]
}
/** Routes as typed; nothing when one is not whole. The same way twice is not, nor one that leads nowhere. */
export function routeRows(typed: readonly { from: string; to: string; days: string }[]): { from_place_id: string; to_place_id: string; days: number }[] | undefined {
  const out = typed.map((r) => ({ from_place_id: r.from, to_place_id: r.to, days: quantity(r.days) ?? -1 }))
  const sound = out.every((r) => r.from_place_id && r.to_place_id && r.from_place_id !== r.to_place_id && r.days >= 0 && r.days <= 60)
  return sound && new Set(out.map((r) => `${r.from_place_id}>${r.to_place_id}`)).size === out.length ? out : undefined
}

/** Counts typed for goods whose stock was never counted, as moves; undefined when one is no whole number. What stands there already (sold before it was counted) is made up for. */
export function counts(items: readonly StockItem[], typed: Readonly<Record<string, string>>): { sku: string; place_id: string; quantity: number }[] | undefined {
  const out: { sku: string; place_id: string; quantity: number }[] = []
  for (const i of items) {
    const text = typed[`${i.sku}@${i.place_id}`]?.trim()
    if (!text) continue
    const q = quantity(text)
    if (q === undefined) return undefined
    out.push({ sku: i.sku, place_id: i.place_id, quantity: q - i.on_hand })
  }
  return out
}
export const levelHeads = ['sku', 'place', 'title_zh', 'title_en', 'state', 'on_hand', 'on_order', 'daily_mean', 'demand_by', 'reorder_level', 'order_up_to', 'service', 'target', 'fill_rate', 'cycle_service', 'supplier_id']
export const levelRows = (items: readonly StockItem[]) => items.map((i) => [i.sku, i.place_id, i.title_zh, i.title_en, i.state, i.on_hand, i.on_order, i.daily_mean, i.method, i.reorder_level, i.order_up_to, i.service, i.target, i.fill_rate, i.cycle_service, i.supplier_id])
/** An id for a supplier of whom only the name is known: its letters and digits, of whatever script. */
export const supplierId = (name: string) => name.trim().toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '').slice(0, 20) || 'supplier'

interface Formats { t: (key: string, values?: Record<string, string | number>) => string; number: (v: number) => string; share: (v: number, digits: number) => string }
/** What a person set, in words: the way to order with what it fixes, levels, or a promise; of a promise without a share its kind, the share being the class'. */
export function handText(l: Pick<LevelByHand, 'policy' | 'reorder_level' | 'order_up_to' | 'order_quantity' | 'fill_rate' | 'service'>, { t, number, share }: Formats): string {
  const promise = l.fill_rate !== undefined ? t(l.service === 'cycle_service' ? 'supply.hand_text_cycles' : 'supply.hand_text_promise', { share: share(l.fill_rate, 1) }) : l.service !== undefined ? t(`supply.service_${l.service}`) : ''
  const level = (v: number | undefined) => (v === undefined ? t('supply.hand_left') : number(v))
  if (l.policy === 'by_cost') return promise || t('supply.hand_text', { at: level(l.reorder_level), up_to: level(l.order_up_to) })
  return [t(`supply.way_${l.policy}`), l.reorder_level === undefined ? '' : t('supply.hand_text_at', { at: number(l.reorder_level) }), l.order_up_to === undefined ? '' : t('supply.policy_to', { n: number(l.order_up_to) }), l.order_quantity === undefined ? '' : t('supply.policy_times', { n: number(l.order_quantity) }), promise].filter(Boolean).join(' · ')
}

/** Days since 1970 of a date as a form gives it, and back. */
export const dayOf = (date: string) => Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000)
export const dateOf = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10)
export const orderPolicies = ['order_up_to', 'min_max', 'fixed_quantity', 'reorder_point', 'season'] as const
/** What a form of levels set by hand says: the request, or which field is wrong. Either level may be left to the plan; a promise stands alone; of a way to order what was left empty is found by the plan. */
export function handLevel(kind: 'levels' | 'promise' | 'policy', typed: { at: string; upTo: string; promise: string; service?: Service; quantity?: string; policy?: string }): { body: { policy?: string; reorder_level?: number; order_up_to?: number; order_quantity?: number; fill_rate?: number; service?: Service } } | { wrong: 'at' | 'upTo' | 'promise' | 'quantity' } {
  if (kind === 'promise') { const share = within(typed.promise, 50, 99.9); return share === undefined ? { wrong: 'promise' } : { body: { fill_rate: Math.round(share * 10) / 1000, ...(typed.service ? { service: typed.service } : {}) } } }
  const whole = (text: string | undefined) => (text?.trim() ? quantity(text) : null), bad = (v: number | null | undefined) => v === undefined || (v !== null && v > 1e6)
  const at = whole(typed.at), upTo = whole(typed.upTo), many = whole(typed.quantity)
  if (kind === 'policy') {
    const policy = typed.policy ?? '', levels = policy === 'min_max', fixed = policy === 'fixed_quantity' || policy === 'reorder_point'
    if ((levels || fixed) && bad(at)) return { wrong: 'at' }
    if ((levels || policy === 'order_up_to') && (bad(upTo) || upTo === 0)) return { wrong: 'upTo' }
    if (levels && ((at === null) !== (upTo === null) || (at !== null && upTo! <= at!))) return { wrong: at === null ? 'at' : 'upTo' }
    if (fixed && (bad(many) || many === 0)) return { wrong: 'quantity' }
    return { body: { policy, ...((levels || fixed) && at !== null ? { reorder_level: at! } : {}), ...((levels || policy === 'order_up_to') && upTo !== null ? { order_up_to: upTo! } : {}), ...(fixed && many !== null ? { order_quantity: many! } : {}) } }
  }
  if (bad(at)) return { wrong: 'at' }
  if (bad(upTo) || (at === null && upTo === null) || (at !== null && upTo !== null && upTo! <= at!)) return { wrong: 'upTo' }
  return { body: { ...(at === null ? {} : { reorder_level: at }), ...(upTo === null ? {} : { order_up_to: upTo }) } }
}
