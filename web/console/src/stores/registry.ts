// The engine's own list of what it can do. Loaded once after sign-in; pages, palette, forms and the chain read it.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { declared, registry as ask } from '../api'
import { ApiError } from '../api/call'
import { lacks } from '../lib/use_operation'
import type { Operation } from '../api/types'

export const useRegistry = defineStore('registry', () => {
  const operations = shallowRef<Operation[]>([])
  const error = shallowRef<ApiError>()
  const at = ref(0)
  let running: Promise<void> | undefined
  const load = (again = false) => {
    if (running && !again) return running
    running = ask().then((r) => { operations.value = [...(r.operations ?? [])].sort((a, b) => a.name.localeCompare(b.name)); error.value = undefined; at.value = Date.now() })
      .catch((e) => { error.value = e instanceof ApiError ? e : new ApiError(0, 'internal', 'internal', String(e)); running = undefined })
    return running
  }
  const byName = computed(() => new Map(operations.value.map((o) => [o.name, o])))
  lacks.operation = async (name) => { await load(); return at.value > 0 && name.includes('.') && !byName.value.has(name) }
  declared.fields = async (name) => { await load(); const o = byName.value.get(name); return o && new Set(Object.keys(o.input?.properties ?? {})) }
  return { operations, error, at, load, byName, has: (name: string) => byName.value.has(name) }
})
