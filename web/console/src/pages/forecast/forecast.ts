// What the page of forecasts makes of its answers. No Vue, no network.
import type { AheadUnits, Demand, ForecastItem, PastUnits } from '../../api/operations'

export type Level = 'total' | 'category' | 'product' | 'variant'
export interface Point { day: string; past?: PastUnits; ahead?: AheadUnits }

/** Past and future on one axis. A step that is partly both (this week) is shown as ahead. */
export function points(d: Demand): Point[] {
  const out: Point[] = d.past.map((past) => ({ day: past.day, past }))
  for (const ahead of d.ahead) { const last = out.at(-1); if (last && last.day === ahead.day) last.ahead = ahead; else out.push({ day: ahead.day, ahead }) }
  return out
}
/** The top of the axis: a round number whose quarters are round above everything that is drawn, the outermost quantile included. */
export function ceiling(values: number[]): number {
  const most = Math.max(1, ...values.filter((v) => Number.isFinite(v)))
  const unit = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 4, 6, 8, 10].map((m) => m * unit).find((v) => v >= most) ?? most
}
/** Categories below the one they belong to, each with its depth; a tree that bites its tail ends. */
export function tree(items: ForecastItem[]): { item: ForecastItem; depth: number }[] {
  const known = new Set(items.map((i) => i.id)), out: { item: ForecastItem; depth: number }[] = [], seen = new Set<string>()
  const add = (parent: string, depth: number) => {
    for (const item of items) {
      if (seen.has(item.id) || (known.has(item.parent_id) && item.parent_id !== item.id ? item.parent_id : '') !== parent) continue
      seen.add(item.id)
      out.push({ item, depth })
      add(item.id, depth + 1)
    }
  }
  add('', 0)
  for (const item of items) if (!seen.has(item.id)) { seen.add(item.id); out.push({ item, depth: 0 }) }
  return out
}
/** Change against the forecast before, as a share; nothing where there was none or nothing was expected. */
export const moved = (i: Pick<ForecastItem, 'ahead_28' | 'before_28'>) => (i.before_28 !== undefined && i.before_28 > 0.5 ? i.ahead_28 / i.before_28 - 1 : undefined)
/** The days that a span of steps covers: from the first day of one to the day before the next one begins. */
export function span(ahead: AheadUnits[], from: number, to: number): { first: string; last: string; units: number } | undefined {
  const a = ahead[Math.min(from, to)], b = ahead[Math.max(from, to)]
  if (!a || !b) return undefined
  return { first: a.day, last: lastDay(b), units: ahead.slice(Math.min(from, to), Math.max(from, to) + 1).reduce((s, x) => s + x.mean, 0) }
}
/** The steps from the one that holds a first day to the one that holds a last day, as typed; the other end stands where it was, or is the same. Nothing where no step holds it. */
export function stepsOf(ahead: AheadUnits[], first: string | undefined, last: string | undefined): { from: number; to: number } | undefined {
  const at = (day: string | undefined) => (day ? ahead.findIndex((a) => a.day <= day && day <= lastDay(a)) : -1)
  const from = at(first ?? last), to = at(last ?? first)
  return from < 0 || to < 0 ? undefined : { from: Math.min(from, to), to: Math.max(from, to) }
}
/** The last day that a step covers; "" of none. */
export function lastDay(step: AheadUnits | undefined): string {
  if (!step) return ''
  const end = new Date(`${step.day}T00:00:00Z`)
  end.setUTCDate(end.getUTCDate() + step.days - 1)
  return end.toISOString().slice(0, 10)
}
/** A number as typed, with sign and decimals; nothing for anything else. */
export function amount(text: string): number | undefined {
  const t = text.trim().replaceAll(/[,\s%]/g, '').replace('−', '-')
  return /^[+-]?\d{1,12}(\.\d+)?$/.test(t) ? Number(t) : undefined
}
/** A day so many later, as it is written. */
export function dayAfter(day: string, days: number): string {
  const d = new Date(`${day}T00:00:00Z`)
  d.setUTCDate(d.getUTCDate() + days)
  return d.toISOString().slice(0, 10)
}
/** Something that is summed up with others. */
export interface Summed { level: Level; id: string; name: string }
/** The same choice with one thing more, or without it when it was in. */
export const toggled = (chosen: Summed[], what: Summed): Summed[] => {
  const without = chosen.filter((c) => c.level !== what.level || c.id !== what.id)
  return without.length === chosen.length ? [...chosen, what] : without
}
/** What forecast.total is asked; nothing while the days or the number of units are not ones. */
export function totalQuestion(things: Summed[], first: string, last: string, chance: number, units: string): { category_ids: string[]; product_ids: string[]; skus: string[]; first_day: string; last_day: string; chance: number; units?: number } | undefined {
  const n = units.trim() ? amount(units) : undefined
  if (!first || !last || last < first || (units.trim() && (n === undefined || n < 0 || !Number.isInteger(n)))) return undefined
  const ids = (level: Level) => things.filter((x) => x.level === level).map((x) => x.id)
  return { category_ids: ids('category'), product_ids: ids('product'), skus: ids('variant'), first_day: first, last_day: last, chance, ...(n === undefined ? {} : { units: n }) }
}
