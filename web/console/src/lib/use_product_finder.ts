// Products found by what somebody types into a field, and the titles of all that were seen.
import { reactive, shallowRef } from 'vue'
import { catalog } from '../api'
import type { Product } from '../api/types'
import { useFormat } from './use_format'

const most = 12

export function useProductFinder() {
  const { pick } = useFormat()
  const found = shallowRef<Product[]>([]), titles = reactive(new Map<string, string>())
  const titleOf = (id: string) => titles.get(id) ?? id
  const see = (id: string, product: Parameters<typeof pick>[0]) => { titles.set(id, pick(product, 'title') || id) }
  /** `sale`: only what is on sale, or only what is not. */
  async function find(query: string, sale?: 'on' | 'off') {
    if (!query.trim()) { found.value = []; return }
    try {
      const { rows } = await catalog.products({ query, page_size: sale === 'off' ? 100 : most, ...(sale === 'on' ? { status: 'active' } : {}) })
      found.value = rows.filter((p) => sale !== 'off' || p.status !== 'active').slice(0, most)
      for (const p of found.value) see(p.id, p)
    } catch { found.value = [] }
  }
  return { found, titles, titleOf, see, find }
}
