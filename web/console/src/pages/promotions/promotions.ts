// A promotion as people type it, and back: amounts in major units, percentages in per cent, lists with commas.
import type { Promotion } from '../../api/operations'
import { currencyDecimals, parseMoney } from '../../lib/format'

export const kinds = ['amount_off', 'percent_off', 'buy_get', 'set_price', 'free_shipping'] as const
export type Kind = (typeof kinds)[number]
export interface Draft {
  promotion_id: string; title_en: string; title_zh: string; kind: Kind; categories: string[]; products: string; brands: string
  threshold: string; units: string; off: string; percent: string; most: string; repeats: boolean; buy: string; get: string; price: string
  codes: string; uses: string; per_customer: string; first_order: boolean; groups: string[]; starts: string; ends: string; priority: string; group: string; alone: boolean; advertised: boolean
}
export const empty = (): Draft => ({ promotion_id: '', title_en: '', title_zh: '', kind: 'amount_off', categories: [], products: '', brands: '', threshold: '', units: '', off: '', percent: '', most: '', repeats: false, buy: '2', get: '1', price: '', codes: '', uses: '', per_customer: '', first_order: false, groups: [], starts: '', ends: '', priority: '100', group: '', alone: false, advertised: true })
export const listOf = (text: string) => text.split(/[\s,，、;；]+/).filter(Boolean)
const whole = (text: string) => (/^\d+$/.test(text.trim()) ? Number(text) : 0)
/** 15.5 → 1550 hundredths of a per cent; undefined for what is none. */
export const hundredths = (text: string): number | undefined => {
  const m = /^(\d{1,3})(?:\.(\d{1,2}))?\s*%?$/.exec(text.trim())
  const n = m ? Number(m[1]) * 100 + Number((m[2] ?? '').padEnd(2, '0')) : NaN
  return n > 0 && n <= 10_000 ? n : undefined
}
const parts = (d: Draft) => ({ product_ids: listOf(d.products), category_ids: d.categories, brands: d.brands.split(/[,，]/).map((b) => b.trim()).filter(Boolean) })
/** The fields that a kind uses; the others stay hidden and are not sent. */
export const uses: Record<Kind, readonly string[]> = {
  amount_off: ['goods', 'threshold', 'units', 'off', 'repeats', 'most'], percent_off: ['goods', 'threshold', 'units', 'percent', 'most'], buy_get: ['goods', 'buy', 'get', 'percent', 'repeats'],
  set_price: ['goods', 'units', 'price'], free_shipping: ['goods', 'threshold', 'most'],
}
export function toPromotion(d: Draft, currency: string): Partial<Promotion> & Record<string, unknown> {
  const has = (f: string) => uses[d.kind].includes(f)
  const money = (text: string) => (text.trim() ? parseMoney(text, currency) : undefined)
  const out: Record<string, unknown> = {
    title_en: d.title_en.trim(), title_zh: d.title_zh.trim(), kind: d.kind, codes: listOf(d.codes), most_uses: whole(d.uses), most_uses_per_customer: whole(d.per_customer), first_order: d.first_order, customer_groups: d.groups,
    starts: d.starts, ends: d.ends, priority: whole(d.priority) || 100, group: d.group.trim(), alone: d.alone, advertised: d.advertised,
  }
  if (d.promotion_id) out.promotion_id = d.promotion_id
  const goods = parts(d)
  if (d.kind === 'set_price') out.parts = [{ goods, units: whole(d.units) || 1 }], out.price_minor = money(d.price) ?? 0
  else if (goods.product_ids.length || goods.category_ids.length || goods.brands.length) out.goods = goods
  if (has('threshold')) out.threshold_minor = money(d.threshold) ?? 0
  if (has('units') && d.kind !== 'set_price') out.minimum_units = whole(d.units)
  if (has('off')) out.off_minor = money(d.off) ?? 0
  if (has('percent')) out.percent_off_hundredths = hundredths(d.percent) ?? 0
  if (has('most')) out.most_off_minor = money(d.most) ?? 0
  if (d.kind === 'amount_off') out.repeats = d.repeats
  if (has('buy')) out.buy_units = whole(d.buy), out.get_units = whole(d.get)
  return out as Partial<Promotion> & Record<string, unknown>
}
const major = (minor: number | undefined, currency: string) => (minor ? (minor / 10 ** currencyDecimals(currency)).toFixed(currencyDecimals(currency)) : '')
/** A saved promotion back into the form; what the form has no field for would be lost, so such a one is edited under Operations. */
export function toDraft(p: Promotion, currency: string): Draft {
  const set = p.parts[0], goods = p.kind === 'set_price' ? set?.goods : p.goods
  return {
    ...empty(), promotion_id: p.promotion_id, title_en: p.title_en, title_zh: p.title_zh, kind: p.kind as Kind, categories: goods?.category_ids ?? [], products: (goods?.product_ids ?? []).join(', '), brands: (goods?.brands ?? []).join(', '),
    threshold: major(p.threshold_minor, currency), units: String((p.kind === 'set_price' ? set?.units : p.minimum_units) || ''), off: major(p.off_minor, currency), percent: p.percent_off_hundredths ? String(p.percent_off_hundredths / 100) : '', most: major(p.most_off_minor, currency), repeats: p.repeats,
    buy: String(p.buy_units || 2), get: String(p.get_units || 1), price: major(p.price_minor, currency), codes: p.codes.join(', '), uses: p.most_uses ? String(p.most_uses) : '', per_customer: p.most_uses_per_customer ? String(p.most_uses_per_customer) : '', first_order: p.first_order, groups: p.customer_groups,
    starts: p.starts, ends: p.ends, priority: String(p.priority), group: p.group, alone: p.alone, advertised: p.advertised,
  }
}
export const fits = (p: Promotion) => !p.reward && p.parts.length <= 1 && !p.weekdays.length && !p.most_times && !p.most_uses_per_code && !(p.goods?.except_product_ids ?? []).length
