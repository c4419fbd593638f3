// What the catalogue pages make of their answers. No Vue, no network.
import type { Category } from '../../api/types'
import { isPlain, type Plain } from '../../lib/values'

/** Top categories with the products of all below them counted in. A parent that is not in the list makes its child a root. */
export function roots(all: Category[]): Category[] {
  const known = new Map(all.map((c) => [c.id, c]))
  const rootOf = (c: Category, steps = 0): Category => { const p = c.parent_id ? known.get(c.parent_id) : undefined; return p && steps < 16 ? rootOf(p, steps + 1) : c }
  const sums = new Map<string, number | undefined>()
  for (const c of all) { const r = rootOf(c); sums.set(r.id, c.products === undefined ? sums.get(r.id) : (sums.get(r.id) ?? 0) + c.products) }
  return all.filter((c) => rootOf(c).id === c.id).map((c) => { const n = sums.get(c.id); return { ...c, ...(n !== undefined ? { products: n } : {}) } })
}
/** Attributes as the engine may send them: a list of {name, value…} or an object. */
export function attributes(v: unknown): Plain[] {
  if (Array.isArray(v)) return v.filter(isPlain)
  return isPlain(v) ? Object.entries(v).map(([name, value]) => ({ name, value })) : []
}
