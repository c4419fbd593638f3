// zh-CN and en as equals: only the language in use is loaded; the other comes when it is asked for.
import { createI18n } from 'vue-i18n'
import type { Language } from 'element-plus/es/locale'
import { shallowRef } from 'vue'
import type { Locale } from '../lib/format'
import type { Messages } from './en'

export const i18n = createI18n<[Messages], Locale, false>({ legacy: false, locale: 'zh-CN', fallbackLocale: 'en', missingWarn: false, fallbackWarn: false, messages: {} as Record<Locale, Messages> })
export const elementLocale = shallowRef<Language>()

const load = {
  en: () => Promise.all([import('./en').then((m) => m.en), import('element-plus/es/locale/lang/en').then((m) => m.default)]),
  'zh-CN': () => Promise.all([import('./zh').then((m) => m.zh), import('element-plus/es/locale/lang/zh-cn').then((m) => m.default)]),
}
export async function useLocale(locale: Locale) {
  const [messages, element] = await load[locale]()
  i18n.global.setLocaleMessage(locale, messages)
  i18n.global.locale.value = locale
  elementLocale.value = element
  document.documentElement.lang = locale
}
/** What was chosen before, else what the browser speaks. */
export function preferredLocale(stored: string | null, languages: readonly string[]): Locale {
  if (stored === 'en' || stored === 'zh-CN') return stored
  for (const l of languages) { if (/^zh/i.test(l)) return 'zh-CN'; if (/^en/i.test(l)) return 'en' }
  return 'en'
}
