// Wall-clock text of a time zone ("2026-03-08T14:30:00") from an instant and back, as <input type="datetime-local"> speaks it. No Vue here.

const clocks = new Map<string, Intl.DateTimeFormat>()
function clockOf(zone: string) {
  let clock = clocks.get(zone)
  if (!clock) clocks.set(zone, (clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' })))
  return clock
}

/** What a clock on a wall in that zone shows at the instant. */
export function wallOf(ms: number, zone: string): string {
  const part = Object.fromEntries(clockOf(zone).formatToParts(ms).map((p) => [p.type, p.value]))
  return `${part.year.padStart(4, '0')}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}`
}

/** The instant at which that clock shows the text; of two (clocks set back) the earlier, of none (set forward) the one after the gap. */
export function instantOf(wall: string, zone: string): number | undefined {
  const as_utc = Date.parse(`${wall.length === 16 ? `${wall}:00` : wall}Z`)
  if (!Number.isFinite(as_utc)) return undefined
  const offset = (ms: number) => Date.parse(`${wallOf(ms, zone)}Z`) - Math.floor(ms / 1000) * 1000
  const day = 86_400_000
  const [before, after] = [as_utc - offset(as_utc - day), as_utc - offset(as_utc + day)]
  return [before, after].find((ms) => Date.parse(`${wallOf(ms, zone)}Z`) === Math.floor(as_utc / 1000) * 1000) ?? before
}
