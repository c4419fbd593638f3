// What the first page makes of its answers. No Vue, no network.
import type { Decision, KeyFigure, Overview } from '../../api/types'

const shapes = [['gmv', 'gmv_minor', 'money'], ['orders', 'orders', 'count'], ['customers', 'customers', 'count'], ['conversion', 'conversion', 'share']] as const
/** The four figures with what they are compared with. A figure that the engine did not answer is left out, not shown as nought. */
export function keyFigures(o: Overview | undefined): KeyFigure[] {
  if (!o) return []
  const course = (key: string) => (o.days ?? []).map((d) => (d as unknown as Record<string, unknown>)[key === 'gmv' || key === 'average_order' ? `${key}_minor` : key]).filter((v): v is number => typeof v === 'number')
  if (o.figures?.length) return o.figures.slice(0, 8).map((f) => ({ ...f, series: course(f.key) }))
  return shapes.flatMap(([key, field, unit]) => {
    const value = o[field]
    if (typeof value !== 'number') return []
    const previous = o[`${field}_previous`]
    return [{ key, unit, value, ...(typeof previous === 'number' ? { previous } : {}), series: (o.days ?? []).map((d) => d[field]).filter((v): v is number => typeof v === 'number') }]
  })
}
/** By expected value, the largest first; those without one at the end, oldest first. */
export const byValue = (list: readonly Decision[]): Decision[] =>
  [...list].sort((a, b) => (b.value_minor ?? -Infinity) - (a.value_minor ?? -Infinity) || (a.created_at_ms ?? 0) - (b.created_at_ms ?? 0))

/** Sum of expected values, by currency: two currencies are never added. */
export function worth(list: readonly Decision[], fallback: string): { currency: string; minor: number }[] {
  const sums = new Map<string, number>()
  for (const d of list) if (typeof d.value_minor === 'number') sums.set(d.currency ?? fallback, (sums.get(d.currency ?? fallback) ?? 0) + d.value_minor)
  return [...sums].map(([currency, minor]) => ({ currency, minor }))
}
/** Positions (0..1) of an interval and its middle on an axis that all decisions share, so that they can be compared by eye. */
export function onAxis(list: readonly Decision[]): (d: Decision) => { zero: number; low: number; mid: number; high: number } | undefined {
  const all = list.flatMap((d) => [d.value_low_minor, d.value_minor, d.value_high_minor]).filter((v): v is number => typeof v === 'number')
  const min = Math.min(0, ...all), max = Math.max(1, ...all)
  const at = (v: number) => (v - min) / (max - min)
  return (d) => typeof d.value_minor !== 'number' ? undefined
    : { zero: at(0), mid: at(d.value_minor), low: at(d.value_low_minor ?? d.value_minor), high: at(d.value_high_minor ?? d.value_minor) }
}
export const greeting = (hour: number) => (hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening')
