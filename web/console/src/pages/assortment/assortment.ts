// What the page of what to sell makes of its answers. No Vue, no network.
import type { Outline, PlanItem, PlanLimit } from '../../api/operations'

export const changes = ['list', 'drop', 'push', 'price'] as const
/** Filters in order, with their numbers: changes first, "" is everything. */
export function filters(counts: Outline['counts'] | undefined): { value: string; count: number }[] {
  if (!counts) return []
  const all = Object.values(counts).reduce((a, b) => a + b, 0)
  return [{ value: '', count: all }, ...[...changes, 'keep', 'leave'].map((a) => ({ value: a, count: counts[a as keyof typeof counts] })).filter((f) => f.count > 0)]
}
/** Share of a limit that is used, 0..1; nothing for a limit that is 0. */
export const usedShare = (l: PlanLimit) => (l.most > 0 ? Math.min(1, l.used / l.most) : 0)
/** Whether the name of a limit is money. */
export const isMoney = (name: string) => name.endsWith('_minor')
/** Relative change of a price in percent, whole; 0 when it stays. */
export const priceMove = (i: Pick<PlanItem, 'price_minor' | 'planned_price_minor'>) => (i.price_minor > 0 ? Math.round((i.planned_price_minor / i.price_minor - 1) * 100) : 0)
export interface Changes { list: string[]; drop: string[]; push: string[]; prices: string[]; percent: number }
/** What a play is asked for: the goods that were chosen, those with a new price moved by the same percentage. */
export const changesOf = (c: Changes) => ({ ...(c.list.length && { list: c.list }), ...(c.drop.length && { drop: c.drop }), ...(c.push.length && { push: c.push }), ...(c.prices.length && { prices: c.prices.map((product_id) => ({ product_id, change_percent: c.percent })) }) })
/** What is told of a list, in order. */
export const measures = ['profit', 'revenue', 'units', 'returned', 'lost'] as const
/** Amount as typed, in the shop's currency, to minor units; nothing for an empty or wrong text. */
export function wholeNumber(text: string): number | undefined {
  const t = text.trim().replaceAll(/[,\s]/g, '')
  return /^\d{1,12}$/.test(t) ? Number(t) : undefined
}
