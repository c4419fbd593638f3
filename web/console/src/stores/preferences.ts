// Language and theme of this browser. Kept in localStorage; a browser that refuses storage simply forgets.
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { preferredLocale, useLocale } from '../i18n'
import type { Locale } from '../lib/format'

export type Theme = 'auto' | 'light' | 'dark'
const read = (k: string) => { try { return localStorage.getItem(`kindling.${k}`) } catch { return null } }
const write = (k: string, v: string) => { try { localStorage.setItem(`kindling.${k}`, v) } catch { /* forgotten */ } }

export const usePreferences = defineStore('preferences', () => {
  const locale = ref<Locale>(preferredLocale(read('locale'), navigator.languages))
  const theme = ref<Theme>((read('theme') as Theme) || 'auto')
  const dark = ref(false)
  const system = matchMedia('(prefers-color-scheme: dark)')
  const paint = () => {
    dark.value = theme.value === 'dark' || (theme.value === 'auto' && system.matches)
    document.documentElement.classList.toggle('dark', dark.value)
  }
  system.addEventListener('change', paint)
  paint()
  async function setLocale(l: Locale) { await useLocale(l); locale.value = l; write('locale', l) }
  function setTheme(t: Theme) { theme.value = t; write('theme', t); paint() }
  return { locale, theme, dark, setLocale, setTheme }
})
