import { describe, expect, it } from 'vitest'
import { compact, humanise, initialValue, labelFrom, pointer, widgetOf, type Schema } from './schema'

const place: Schema = {
  type: 'object', required: ['customer_id', 'lines'],
  properties: {
    customer_id: { type: 'string' }, currency: { type: 'string', enum: ['CNY', 'EUR'], default: 'CNY' }, note: { type: 'string', maxLength: 2000 }, gift: { type: 'boolean' },
    lines: { type: 'array', items: { type: 'object', required: ['sku'], properties: { sku: { type: 'string' }, quantity: { type: 'integer', minimum: 1, maximum: 9999, default: 1 } } } },
    ship_to: { type: 'object', required: ['city'], properties: { city: { type: 'string' }, floor: { type: 'integer' } } }, tags: { type: 'array', items: { type: 'string' } },
  },
}
describe('a fresh form', () => {
  it('starts from the declared defaults and from nothing else', () => expect(initialValue(place)).toEqual({ currency: 'CNY', lines: [], tags: [] }))
  it('does not share a default between two forms', () => {
    const s: Schema = { type: 'object', properties: { l: { type: 'array', items: { type: 'string' }, default: ['a'] } } }
    const a = initialValue(s) as { l: string[] }
    a.l.push('b')
    expect(initialValue(s)).toEqual({ l: ['a'] })
  })
})
describe('what is sent', () => {
  it('leaves out what was left empty', () => expect(compact({ customer_id: 'c', note: '', lines: [{ sku: 'A', quantity: null }], tags: [], ship_to: {} }, place)).toEqual({ customer_id: 'c', lines: [{ sku: 'A' }] }))
  it('keeps nought and false', () => expect(compact({ gift: false, ship_to: { floor: 0 } }, place)).toEqual({ gift: false, ship_to: { floor: 0 } }))
  it('sends a required empty list and text, so that the engine can name the field', () => expect(compact({ customer_id: '', lines: [] }, place)).toEqual({ customer_id: '', lines: [] }))
})
describe('small things', () => {
  it('escapes JSON Pointers', () => expect(pointer('/a', 'b/c~d')).toBe('/a/b~1c~0d'))
  it('chooses a widget by the schema', () => {
    const w = Object.fromEntries(Object.entries(place.properties!).map(([k, p]) => [k, widgetOf(k, p)]))
    expect(w).toEqual({ customer_id: 'line', currency: 'choice', note: 'long', gift: 'switch', lines: 'objects', ship_to: 'object', tags: 'scalars' })
    expect(widgetOf('x', {})).toBe('json')
    expect(widgetOf('key', { type: 'string', writeOnly: true })).toBe('secret')
  })
  it('makes a label of a name', () => expect(humanise('ship_to_city')).toBe('Ship to city'))
})

describe('names of last resort', () => {
  it('takes a short beginning of a Chinese explanation, and nothing else', () => {
    expect(labelFrom('需要的筛选项；留空则自动选择。')).toBe('需要的筛选项')
    expect(labelFrom('按 SKU 与地点列出全部库存的很长的一句话。')).toBe('')
    expect(labelFrom('Only this operation')).toBe('')
    expect(labelFrom(undefined)).toBe('')
  })
  it('keeps tokens, queries and identifiers on one line, however long they may be', () => {
    for (const name of ['query', 'page_token', 'category_id', 'url']) expect(widgetOf(name, { type: 'string', maxLength: 2000 }), name).toBe('line')
    expect(widgetOf('policy', { type: 'string', maxLength: 2000 })).toBe('long')
  })
})
