// Who is signed in, to which shop. Asked once; every 401 later empties it and leads to the sign-in page.
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { session as api } from '../api'
import { ApiError, maySignedIn, useShop } from '../api/call'
import type { Session } from '../api/types'

export const useSession = defineStore('session', () => {
  const session = shallowRef<Session>()
  const setUpNeeded = shallowRef(false)
  let asked = false
  const forget = () => { session.value = undefined; asked = true }

  async function load(again = false): Promise<Session | undefined> {
    if (asked && !again) return session.value
    if (!maySignedIn()) { forget(); return undefined }
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
    currency: computed(() => session.value?.shop?.currency ?? 'CNY'), timeZone: computed(() => session.value?.shop?.time_zone ?? 'Asia/Shanghai'),
  }
})
