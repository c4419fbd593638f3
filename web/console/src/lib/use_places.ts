// Names of the places where goods are kept: answers carry their identifiers, people know them by name.
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { supply as api } from '../api'
import type { PlaceStock } from '../api/operations'
import { useSession } from '../stores/session'
import { useFormat } from './use_format'

const usePlaceNames = defineStore('places', () => {
  const known = shallowRef(new Map<string, PlaceStock>()), session = useSession()
  /** Whoever may not read places, or asks in vain, sees identifiers. */
  async function load() {
    if (!session.may('supply.read')) return
    try { known.value = new Map((await api.places()).places.map((p) => [p.place_id, p])) } catch { /* identifiers stay */ }
  }
  return { known, load }
})

/** `load` is for the page, once when it opens; its parts only ask for names. */
export function usePlaces() {
  const store = usePlaceNames(), { pick } = useFormat()
  return { load: store.load, nameOf: (id: string) => pick(store.known.get(id), 'name') || id }
}
