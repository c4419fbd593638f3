// Who is signed in, to which shop. Asked once; every 401 later empties it and leads to the sign-in page.
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { session as api } from '../api'
import { ApiError, useShop } from '../api/call'
import type { Session } from '../api/types'

/** Whether one of the patterns allows `permission`. */
export const permits = (patterns: readonly string[], permission: string) =>
  patterns.some((p) => p === '*' || p === permission || (p.endsWith('.*') && permission.startsWith(p.slice(0, -1))) || (p.startsWith('*.') && permission.endsWith(p.slice(1))))

export const useSession = defineStore('session', () => {
  const session = shallowRef<Session>()
  const setUpNeeded = shallowRef(false)
  let asked = false
  const forget = () => { session.value = undefined; asked = true }

  async function load(again = false): Promise<Session | undefined> {
    if (asked && !again) return session.value
    try {
      const s = await api.get()
      setUpNeeded.value = s.set_up_needed ?? false
      session.value = s.user ? s : undefined
      if (s.shop?.id) useShop(s.shop.id)
      asked = true
    } catch (e) {
      session.value = undefined
      setUpNeeded.value = e instanceof ApiError && e.reason === 'set_up_needed'
      asked = e instanceof ApiError && (e.status === 401 || e.status === 403)
      if (!asked) throw e
    }
    return session.value
  }
  return {
    session, setUpNeeded, load, forget,
    /** Patterns as the engine has them: "orders.read", "orders.*", "*.read", "*". Only hides what would be refused; the engine decides. */
    may: (permission: string) => permits(session.value?.permissions ?? [], permission),
    currency: computed(() => session.value?.shop?.currency ?? 'CNY'), timeZone: computed(() => session.value?.shop?.time_zone ?? 'Asia/Shanghai'),
  }
})
