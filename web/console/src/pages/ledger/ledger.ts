// Sums of the ledger. Uses the engine's summary when it gives one; never adds two currencies. No Vue, no network.
import type { LedgerEntry } from '../../api/types'
import { listAt, type Plain } from '../../lib/values'

export interface Sum { scenario: string; minor: number; hours: number; count: number }
/** The engine sums by scenario and kind of value; the page shows one bar for each scenario. */
function merged(list: Sum[]): Sum[] {
  const m = new Map<string, Sum>()
  for (const r of list) { const s = m.get(r.scenario); if (s) { s.minor += r.minor; s.hours += r.hours; s.count += r.count } else m.set(r.scenario, { ...r }) }
  return [...m.values()]
}
export function byScenario(summary: Plain | undefined, entries: readonly LedgerEntry[], currency: string): { rows: Sum[]; minor: number; hours: number; complete: boolean } {
  const given = merged(listAt(summary, 'sums', 'by_scenario', 'scenarios').map((r) => ({ scenario: String(r.scenario ?? ''), minor: Number(r.amount_minor ?? r.money_minor ?? 0), hours: Number(r.hours ?? 0), count: Number(r.entries ?? r.count ?? 0) })))
  const sums = new Map<string, Sum>()
  if (!given.length)
    for (const e of entries) {
      const s = sums.get(e.scenario ?? '') ?? { scenario: e.scenario ?? '', minor: 0, hours: 0, count: 0 }
      if (!e.currency || e.currency === currency) s.minor += e.amount_minor ?? 0
      s.hours += e.hours ?? 0
      s.count++
      sums.set(s.scenario, s)
    }
  const rows = (given.length ? given : [...sums.values()]).sort((a, b) => b.minor - a.minor || b.hours - a.hours)
  return { rows, minor: rows.reduce((n, r) => n + r.minor, 0), hours: rows.reduce((n, r) => n + r.hours, 0), complete: given.length > 0 }
}

/** The experiment that an entry was read from, "" when it comes from elsewhere. */
export const experimentOf = (e: { note?: string }) => /^experiments\.read (\S+)/.exec(e.note ?? '')?.[1] ?? ''
/** What its best arm earned at least and at most, minor units: the interval of one visitor times the visitors, as the amount was booked. */
export function rangeOf(reading: { arms: { difference?: number; low?: number; high?: number; visitors: number }[] } | undefined): readonly [number, number] | undefined {
  const best = reading?.arms.filter((a) => (a.low ?? 0) > 0).sort((a, b) => (b.difference ?? 0) - (a.difference ?? 0))[0]
  return best?.low === undefined || best.high === undefined ? undefined : [best.low * best.visitors, best.high * best.visitors]
}

/** Where an interval, its difference and nothing lie on a line, per cent of its width; undefined before the first look. */
export function spanOf(arm: { difference?: number; low?: number; high?: number }): { low: number; high: number; at: number; zero: number } | undefined {
  if (arm.low === undefined || arm.high === undefined || arm.difference === undefined) return undefined
  const from = Math.min(0, arm.low), to = Math.max(0, arm.high), place = (v: number) => (to > from ? 4 + (92 * (v - from)) / (to - from) : 50)
  return { low: place(arm.low), high: place(arm.high), at: place(arm.difference), zero: place(0) }
}
