// A page asks a question; this holds the answer, its age, and the three ways in which there is none: loading, absent, failed.
import { computed, onScopeDispose, reactive, ref, shallowRef } from 'vue'
import { ApiError } from '../api/call'

/** Whether the registry, once read, lacks an operation: then it is not even asked for. Set by the registry store. */
export const lacks: { operation?: (name: string) => Promise<boolean> } = {}

export function useOperation<T, A extends unknown[] = []>(operation: string, ask: (...args: A) => Promise<T>) {
  const data = shallowRef<T>()
  const error = shallowRef<ApiError>()
  const loading = ref(false)
  const at = ref(0)
  let turn = 0
  let alive = true
  onScopeDispose(() => { alive = false })

  async function run(...args: A): Promise<T | undefined> {
    const mine = ++turn
    loading.value = true
    try {
      if (await lacks.operation?.(operation)) throw new ApiError(404, 'not_found', 'unknown_operation', '')
      const answer = await ask(...args)
      if (mine !== turn || !alive) return undefined  // a later question overtook this one
      data.value = answer
      error.value = undefined
      at.value = Date.now()
      return answer
    } catch (e) {
      if (mine !== turn || !alive) return undefined
      error.value = e instanceof ApiError ? e : new ApiError(0, 'internal', 'internal', String(e))
      return undefined
    } finally {
      if (mine === turn) loading.value = false
    }
  }
  const absent = computed(() => error.value?.absent ?? false)
  const has = computed(() => at.value > 0)
  return { operation, data, error, loading, at, run, absent, asked: reactive({ operation, error, loading, at, absent, has }) as Asked }
}
/** How a question stands, unwrapped for LoadState and SourceNote. */
export interface Asked { operation: string; error?: ApiError; loading: boolean; at: number; absent: boolean; has: boolean }

interface Rows<Row> { rows: Row[]; total?: number; next?: string }
/** A list that grows by its page token; `data` is its last answer as it came. */
export function usePaged<Row, Q extends object, A extends Rows<Row> = Rows<Row>>(operation: string, ask: (q: Q & { page_size: number; page_token?: string }) => Promise<A>, pageSize = 50) {
  const rows = shallowRef<Row[]>([])
  const total = ref<number>()
  const next = ref('')
  let query = {} as Q
  const asked = useOperation(operation, async (token: string) => ask({ ...query, page_size: pageSize, ...(token ? { page_token: token } : {}) }))
  const take = (answer: Rows<Row> | undefined, keep: Row[]) => {
    if (!answer) return
    rows.value = [...keep, ...(answer.rows ?? [])]
    total.value = answer.total
    next.value = answer.next ?? ''
  }
  const start = async (q: Q) => { query = q; take(await asked.run(''), []) }
  const more = async () => { if (next.value) take(await asked.run(next.value), rows.value) }
  return { ...asked, rows, total, next, start, more, again: () => start(query) }
}
