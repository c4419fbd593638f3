import { describe, expect, it } from 'vitest'
import { change, currencyDecimals, dash, formatAgo, formatBytes, formatChange, formatDay, formatDuration, formatInstant, formatMoney, formatNumber, formatShare, parseMoney, toMs, nameOf, inTongue } from './format'
import { kindOf } from './values'

describe('an amount that a person typed', () => {
  it('becomes minor units of its currency', () => {
    for (const [text, currency, minor] of [['129', 'CNY', 12900], ['129.5', 'CNY', 12950], [' ¥1,299.05 ', 'CNY', 129905], ['1,299,000', 'JPY', 1299000], ['0', 'CNY', 0], ['0.001', 'KWD', 1], ['19.', 'EUR', 1900]] as const) expect(parseMoney(text, currency), text).toBe(minor)
  })
  it('is refused when it is none, too precise, negative or ambiguous', () => {
    for (const [text, currency] of [['', 'CNY'], ['abc', 'CNY'], ['-5', 'CNY'], ['1.005', 'CNY'], ['1.5', 'JPY'], ['12,5', 'EUR'], ['1e5', 'CNY'], ['1 2', 'CNY'], ['9'.repeat(13), 'CNY']] as const) expect(parseMoney(text, currency), text).toBeUndefined()
  })
})

describe('money', () => {
  it('is whole minor units with the decimals of its currency', () => {
    expect(formatMoney(129900, 'CNY', 'zh-CN')).toBe('¥1,299.00')
    expect(formatMoney(1299, 'JPY', 'en')).toBe('¥1,299')
    expect(formatMoney(1299, 'KWD', 'en')).toMatch(/1\.299/)
    expect(currencyDecimals('JPY')).toBe(0)
  })
  it('shows nothing for what is not a number, never nought', () => {
    for (const v of [undefined, null, Number.NaN, '12', Infinity]) expect(formatMoney(v, 'CNY', 'en')).toBe(dash)
  })
  it('does not fall over an unknown or broken currency', () => {
    expect(formatMoney(100, 'XYZ', 'en')).toContain('1.00')
    expect(formatMoney(100, 'not a code', 'en')).toContain('1.00')
    expect(formatMoney(100, undefined, 'en')).toContain('1.00')
  })
  it('keeps the sign and rounds when asked', () => {
    expect(formatMoney(-150, 'USD', 'en')).toBe('-$1.50')
    expect(formatMoney(149, 'USD', 'en', 'round')).toBe('$1')
    expect(formatMoney(123456789, 'CNY', 'zh-CN', 'compact')).toMatch(/万/)
  })
})
describe('comparison', () => {
  it('is the signed share of the previous value', () => {
    expect(change(120, 100)).toBeCloseTo(0.2)
    expect(change(80, 100)).toBeCloseTo(-0.2)
    expect(change(-50, -100)).toBeCloseTo(0.5)
  })
  it('is absent when there is nothing to compare with', () => {
    expect(change(1, 0)).toBeUndefined()
    expect(change(1, undefined)).toBeUndefined()
    expect(formatChange(undefined, 'en')).toBe(dash)
    expect(formatChange(0, 'en')).toBe('0%')
    expect(formatChange(0.205, 'en')).toBe('+20.5%')
  })
})
describe('time', () => {
  const at = Date.UTC(2026, 10, 23, 17, 5, 9)
  it('is shown in the time zone of the shop, whatever the browser says', () => {
    expect(formatInstant(at, 'zh-CN', 'Asia/Shanghai')).toBe('2026/11/24 01:05')
    expect(formatInstant(at, 'en', 'UTC', 'second')).toBe('Nov 23, 2026, 17:05:09')
    expect(formatInstant(at, 'en', 'Nowhere/Land')).toContain('17:05')
  })
  it('reads milliseconds and ISO text and refuses the rest', () => {
    expect(toMs('2026-11-23T17:05:09Z')).toBe(at)
    expect(toMs('soon')).toBeUndefined()
    expect(formatInstant(undefined, 'en')).toBe(dash)
  })
  it('says how long ago in the largest fitting unit', () => {
    expect(formatAgo(at - 59_000, 'en', at)).toBe('59 seconds ago')
    expect(formatAgo(at - 60_000, 'en', at)).toBe('1 minute ago')
    expect(formatAgo(at + 2 * 3600_000, 'zh-CN', at)).toBe('2小时后')
    expect(formatAgo(at - 31 * 86_400_000, 'en', at)).toContain('2026')
  })
  it('counts days since the epoch', () => { expect(formatDay(0, 'en')).toBe('Jan 1'); expect(formatDay(20780, 'en')).toBe('Nov 23') })
})
describe('small things', () => {
  it('shares, numbers, durations and sizes', () => {
    expect(formatShare(0.0316, 'en')).toBe('3.2%')
    expect([formatShare(-0.0004, 'en'), formatShare(-0.0006, 'en')]).toEqual(['0.0%', '-0.1%'])
    expect(formatNumber(1234.5, 'en')).toBe('1,234.5')
    expect([formatNumber(-0.04, 'en', 1), formatNumber(-0.4, 'en', 0), formatNumber(-0.6, 'zh-CN', 0)]).toEqual(['0', '0', '-1'])
    expect(formatDuration(999, 'en')).toBe('999 ms')
    expect(formatDuration(1000, 'en')).toBe('1 sec')
    expect(formatDuration(61_000, 'en')).toBe('1 min 1 sec')
    expect(formatBytes(0, 'en')).toBe('0 byte')
    expect(formatBytes(999, 'en')).toBe('999 byte')
    expect(formatBytes(1_500_000, 'en')).toBe('1.5 MB')
  })
})
describe('codes and unknown fields', () => {
  it('names countries and languages, and leaves what is no code', () => {
    expect(nameOf('CN', 'region', 'zh-CN')).toBe('中国')
    expect(nameOf('zh', 'language', 'en')).toBe('Chinese')
    expect(nameOf('somewhere else', 'region', 'en')).toBe('somewhere else')
    expect(nameOf(undefined, 'region', 'en')).toBe('')
  })
  it('tells moments from durations by their names', () => {
    expect(kindOf('until_ms', 1_795_651_200_000)).toBe('instant')
    expect(kindOf('placed_at_ms', 1)).toBe('instant')
    expect(kindOf('duration_ms', 12)).toBe('duration')
  })
  it('takes the reader\'s half of a note that says the same twice', () => {
    const note = 'Simulated: the arms are measured. 模拟：分组为实测。'
    expect(inTongue(note, 'en')).toBe('Simulated: the arms are measured.')
    expect(inTongue(note, 'zh-CN')).toBe('模拟：分组为实测。')
    expect(inTongue('只有中文。', 'en')).toBe('只有中文。')
    expect(inTongue('保留 10% of it', 'zh-CN')).toBe('保留 10% of it')
  })
})
