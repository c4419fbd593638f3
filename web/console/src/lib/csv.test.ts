import { describe, expect, it } from 'vitest'
import { csvCell, fromCsv, safePicture, toCsv } from './csv'

describe('CSV', () => {
  it('quotes what must be quoted', () => expect(toCsv(['a', 'b'], [['x,y', 'say "hi"'], ['two\nlines', 3]])).toBe('a,b\r\n"x,y","say ""hi"""\r\n"two\nlines",3\r\n'))
  it('never lets a text become a formula, and leaves numbers alone', () => {
    for (const s of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1']) expect(csvCell(s).replaceAll('"', '')[0]).toBe("'")
    expect(csvCell(-12)).toBe('-12')
    expect(csvCell('a=1')).toBe('a=1')
  })
  it('leaves absent values empty', () => expect([csvCell(undefined), csvCell(null), csvCell(0)]).toEqual(['', '', '0']))
})
describe('pictures from a catalogue', () => {
  it('are taken only from where pictures come from', () => {
    for (const ok of ['/media/a.png', 'https://x/y.jpg', 'data:image/png;base64,AA']) expect(safePicture(ok)).toBe(ok)
    for (const bad of ['javascript:alert(1)', '//evil/x.png', 'data:text/html,x', 'data:image/svg+xml,<svg onload=x>', '', undefined, 7]) expect(safePicture(bad)).toBeUndefined()
  })
})

describe('CSV that comes in', () => {
  it('reads what spreadsheets save', () => {
    expect(fromCsv('\ufeffsku,place,quantity\r\n"a,1",main,3\r\nb,"x ""y""",4')).toEqual([['sku', 'place', 'quantity'], ['a,1', 'main', '3'], ['b', 'x "y"', '4']])
    expect(fromCsv('sku;qty\na;1\n')).toEqual([['sku', 'qty'], ['a', '1']])
    expect(fromCsv('sku\tqty\n\na\t1')).toEqual([['sku', 'qty'], [''], ['a', '1']])
    expect(fromCsv('')).toEqual([])
  })
})
