// A file of counts (SKU, place, quantity) for goods whose stock was never counted: each line is found among them, or the line and what is wrong with it is named. Either
// every line can be taken or nothing is.
import type { StockItem } from '../../api/operations'
import { quantity } from './supply'

export type Fault = { line: number; why: 'no_sku' | 'which_place' | 'no_place' | 'not_whole' | 'twice'; said: string }
export type CountFile = { typed: Record<string, string>; counted: number; faults: Fault[] }

const heads: Record<'sku' | 'place' | 'quantity', RegExp> = { sku: /^(sku|stock.?code|item( number)?|article|product( code)?|货号|商品编码|编码|规格编码)$/i, place: /^(place|place_id|location|warehouse|store|地点|仓库|门店)$/i, quantity: /^(quantity|qty|count|counted|on.?hand|stock|units|数量|库存|现有|盘点数)$/i }

/** `items`: goods at places without a count; `known`: SKUs of which any place is counted; `named`: place ids by id and by name. */
export function readCounts(rows: readonly string[][], items: readonly StockItem[], known: (sku: string) => boolean, named: ReadonlyMap<string, string>): CountFile {
  const out: CountFile = { typed: {}, counted: 0, faults: [] }
  const at = new Map<string, StockItem[]>()
  for (const i of items) at.set(i.sku, [...(at.get(i.sku) ?? []), i])
  const first = rows[0]?.map((c) => c.trim()) ?? [], column = (of: keyof typeof heads) => first.findIndex((c) => heads[of].test(c))
  const headed = column('sku') >= 0 && column('quantity') >= 0
  // Without a heading: SKU, place, quantity, or SKU and quantity.
  const where = headed ? { sku: column('sku'), place: column('place'), quantity: column('quantity') } : { sku: 0, place: first.length > 2 ? 1 : -1, quantity: first.length > 2 ? 2 : 1 }
  rows.forEach((row, n) => {
    if ((headed && n === 0) || row.every((c) => !c.trim())) return
    const sku = row[where.sku]?.trim() ?? '', place = where.place < 0 ? '' : row[where.place]?.trim() ?? '', said = row[where.quantity]?.trim() ?? ''
    const fault = (why: Fault['why'], what: string) => out.faults.push({ line: n + 1, why, said: what })
    const here = at.get(sku)
    if (!here) { if (known(sku)) out.counted++; else fault('no_sku', sku); return }
    const id = named.get(place) ?? named.get(place.toLowerCase()), one = place ? here.find((i) => i.place_id === id) : here.length === 1 ? here[0] : undefined
    if (place && !id) return fault('no_place', place)
    if (!one) { if (place) out.counted++; else fault('which_place', sku); return }
    if (!said || quantity(said) === undefined) return fault('not_whole', said)
    const key = `${one.sku}@${one.place_id}`
    if (key in out.typed) return fault('twice', sku)
    out.typed[key] = said
  })
  return out
}
