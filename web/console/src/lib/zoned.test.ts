import { describe, expect, it } from 'vitest'
import { instantOf, wallOf } from './zoned'

describe('zoned', () => {
  it('speaks the shop’s clock, not the browser’s', () => {
    expect(wallOf(Date.UTC(2026, 10, 26, 2, 3, 4), 'Asia/Shanghai')).toBe('2026-11-26T10:03:04')
    expect(instantOf('2026-11-26T10:03', 'Asia/Shanghai')).toBe(Date.UTC(2026, 10, 26, 2, 3))
  })
  it('comes back from everywhere in the year', () => {
    for (const zone of ['Asia/Shanghai', 'America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'UTC'])
      for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2027, 0, 1); ms += 3_600_000 * 13) {
        const back = instantOf(wallOf(ms, zone), zone)!
        expect(wallOf(back, zone)).toBe(wallOf(ms, zone))
        expect(ms - back).toBeLessThanOrEqual(3_600_000)
        expect(ms - back).toBeGreaterThanOrEqual(0)
      }
  })
  it('jumps over the hour that is not there and refuses what is no time', () => {
    expect(wallOf(instantOf('2026-03-08T02:30', 'America/New_York')!, 'America/New_York')).toBe('2026-03-08T03:30:00')
    expect(instantOf('', 'UTC')).toBeUndefined()
    expect(instantOf('2026-13-40T00:00', 'UTC')).toBeUndefined()
  })
})
