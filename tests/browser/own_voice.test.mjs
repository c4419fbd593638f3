// The guide spoken to and read aloud by the browser itself, where the shop has plugged nothing in: a real chromium and the real binary, with a SpeechRecognition and a
// speechSynthesis that this test acts, put in before the page's own scripts, because headless chromium has neither. What a browser may do with them (interim
// words, a final result, a refusal, silence, no microphone, an end of its own, the ways to stop) must show in the panel, and only a whole sentence may become
// a question. Chinese and English, phone and desktop, by mouse and by keyboard. Nothing sleeps.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { serve, stop } from './server.mjs';

const binary = process.env.KINDLING ?? new URL('../../build/release/bin/kindling', import.meta.url).pathname;
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const shots = process.env.SCREENSHOTS;
const folder = mkdtempSync(join(tmpdir(), 'kindling-own-voice-'));
const kindling = (...args) => execFileSync(binary, ['--data', folder, ...args, '--quiet'], { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
const input = (operation, value) => {
  const file = join(folder, 'input.json');
  writeFileSync(file, JSON.stringify(value));
  return kindling(...operation.split('.'), '--input', file);
};

// In the page: the two interfaces as the Web Speech API describes them. window.ears holds every recogniser begun, window.spoken what was read aloud.
function act({ refusedAtOnce, voices }) {
  const ears = (window.ears = []);
  class Recognition {
    constructor() { this.calls = [], ears.push(this); }
    start() { this.calls.push('start'); if (refusedAtOnce) throw new DOMException('', refusedAtOnce); }
    // As browsers do: stop() hands over what is there and ends, abort() is an error and ends.
    stop() { this.calls.push('stop'); if (this.last) this.hear(this.last, true); this.onend?.(new Event('end')); }
    abort() { this.calls.push('abort'); this.fail('aborted'); }
    hear(text, isFinal) {
      this.last = text;
      const results = [].concat(text).map((part) => Object.assign([{ transcript: part, confidence: 0.9 }], { isFinal }));
      this.onresult?.(Object.assign(new Event('result'), { results, resultIndex: 0 }));
    }
    finish(text) { this.hear(text, true), this.onend?.(new Event('end')); }
    fail(error) { this.onerror?.(Object.assign(new Event('error'), { error })), this.onend?.(new Event('end')); }
  }
  window.SpeechRecognition = Recognition, delete window.webkitSpeechRecognition;

  const spoken = (window.spoken = []), synthesis = new EventTarget();
  let here = [];
  synthesis.getVoices = () => here;
  synthesis.speak = (said) => spoken.push({ text: said.text, lang: said.lang, voice: said.voice?.name });
  synthesis.cancel = () => spoken.push('cancel');
  window.voicesCome = () => { here = voices, synthesis.dispatchEvent(new Event('voiceschanged')); };
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(window, 'speechSynthesis', { value: synthesis });
}
const voices = [{ name: 'Sin-ji', lang: 'zh-HK' }, { name: 'Tingting', lang: 'zh-CN' }, { name: 'Daniel', lang: 'en-GB' }, { name: 'Samantha', lang: 'en-US' }];

const words = {
  zh: { mic: '语音输入', aloud: '朗读回答', record: '开始录音', notNow: '暂不', listening: '正在聆听', maker: '浏览器厂商', nothing: '没有听到声音', refused: '未获准使用麦克风', none: '没有找到麦克风', cannot: '暂时无法录音', close: '关闭', part: '想买', whole: ['想买', '杯子'], next: '只要炻器的', voice: 'Tingting', lang: 'zh-CN' },
  en: { mic: 'Speak', aloud: 'Read aloud', record: 'Record', notNow: 'Not now', listening: 'Listening', maker: 'to its maker', nothing: 'Nothing was heard', refused: 'may not use the microphone', none: 'No microphone', cannot: 'cannot listen right now', close: 'Close', part: 'a mu', whole: ['a ', 'mug'], next: 'only stoneware', voice: 'Samantha', lang: 'en-US' },
};

async function open(browser, base, locale, device, more = {}) {
  const context = await browser.newContext({ viewport: device.viewport, reducedMotion: 'reduce', colorScheme: device.dark ? 'dark' : 'light', locale: locale === 'zh' ? 'zh-CN' : 'en-US' });
  const page = await context.newPage(), problems = [];
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type())) problems.push(m.text()); });
  page.on('pageerror', (e) => problems.push(e.message));
  await page.addInitScript(act, { voices, ...more });
  await page.goto(`${base}/${locale}/`);
  await page.locator('.ask').click();
  await page.locator('.guide[open]').waitFor();
  return { context, page, problems };
}

async function walk(browser, base, locale, device) {
  const w = words[locale], { context, page, problems } = await open(browser, base, locale, device);
  const shot = (what) => (shots ? page.screenshot({ path: join(shots, `own-voice-${what}-${locale}-${device.name}.png`) }) : undefined);
  const mic = page.getByRole('button', { name: w.mic }), aloud = page.getByRole('button', { name: w.aloud }), note = page.locator('.gnote'), asked = page.locator('.gme');
  const ear = (f, value) => page.evaluate(f, value), begun = () => ear(() => window.ears.length);
  const pressed = async (yes) => assert.equal(await mic.getAttribute('aria-pressed'), String(yes));
  const settled = async () => { await page.locator('.gform.busy').waitFor({ state: 'detached' }); };

  // Where the voice goes is said first, and a no begins nothing.
  await mic.click();
  await note.getByText(w.maker).waitFor();
  await shot('asked');
  await page.getByRole('button', { name: w.notNow }).click();
  await note.waitFor({ state: 'hidden' });
  assert.equal(await begun(), 0);

  // Interim words are shown and are no question; the final ones, in two results, are one.
  await mic.click();
  await page.getByRole('button', { name: w.record }).click();
  await note.getByText(w.listening).waitFor();
  await pressed(true);
  assert.deepEqual(await ear(() => { const [e] = window.ears; return [e.lang, e.interimResults, e.calls]; }), [w.lang, true, ['start']]);
  await ear((text) => window.ears[0].hear(text, false), w.part);
  await note.getByText(w.part).waitFor();
  await shot('interim');
  assert.equal(await asked.count(), 0);
  await ear((parts) => window.ears[0].finish(parts), w.whole);
  await asked.getByText(w.whole.join('')).waitFor();
  await settled();
  await page.locator('.gcard').first().waitFor();
  assert.equal(await page.locator('.gcard').count(), 2);
  await note.waitFor({ state: 'hidden' });
  await pressed(false);

  // Pressed again, by keyboard, it stops: what was heard till then is asked.
  await mic.focus();
  await page.keyboard.press('Enter');
  await note.getByText(w.listening).waitFor();
  await ear((text) => window.ears[1].hear(text, false), w.next);
  await note.getByText(w.next).waitFor();
  await page.keyboard.press('Enter');
  await asked.getByText(w.next).waitFor();
  await settled();
  assert.deepEqual(await ear(() => window.ears[1].calls), ['start', 'stop']);
  assert.equal(await asked.count(), 2);

  // What a browser may refuse, in the shopper's words; nothing is asked, also of words that came before, and the next try begins anew.
  for (const [error, text] of [['not-allowed', w.refused], ['service-not-allowed', w.refused], ['no-speech', w.nothing], ['audio-capture', w.none], ['network', w.cannot]]) {
    const n = await begun();
    await mic.click();
    await note.getByText(w.listening).waitFor();
    if (error === 'network') await ear((part) => window.ears.at(-1).hear(part, false), w.part);
    await ear((e) => window.ears.at(-1).fail(e), error);
    await note.getByText(text).waitFor();
    await pressed(false);
    assert.equal(await begun(), n + 1);
  }
  await shot('refused');
  // Silence that the browser ends by itself without a word is no question and no fault.
  await mic.click();
  await note.getByText(w.listening).waitFor();
  await ear(() => window.ears.at(-1).onend(new Event('end')));
  await note.waitFor({ state: 'hidden' });
  // Closing the panel drops what was being said.
  await mic.click();
  await note.getByText(w.listening).waitFor();
  await ear((text) => window.ears.at(-1).hear(text, false), w.next);
  await page.getByRole('button', { name: w.close, exact: true }).click();
  await page.waitForFunction(() => window.ears.at(-1).calls.join() === 'start,abort');  // the dialog's close event comes a moment later
  await page.locator('.ask').click();
  await pressed(false);
  await note.waitFor({ state: 'hidden' });
  assert.equal(await asked.count(), 2);

  // Read aloud: there is a button once the browser has a voice of the page's language, in the shop's own tongue rather than a neighbour's. Before, only where the
  // server has espeak-ng; the browser's voice comes first.
  assert.equal(await aloud.count(), (await page.locator('.ask').evaluate((b) => b.dataset.voice)) === 'offline' ? 1 : 0);
  await ear(() => window.voicesCome());
  await aloud.click();
  assert.equal(await aloud.getAttribute('aria-pressed'), 'true');
  const said = () => ear(() => window.spoken.filter((s) => s.text));
  assert.equal((await said()).length, 1, 'the answer that is there');
  await page.locator('#guide-text').fill(locale === 'zh' ? '玻璃的呢' : 'what about glass');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => window.spoken.filter((s) => s.text).length >= 2);
  const last = (await said()).at(-1), title = await page.locator('.gcard .gname').last().textContent();
  assert.deepEqual([last.lang, last.voice], [w.lang, w.voice]);
  assert.ok(last.text.includes(title) && last.text.length <= 900 && !/[<>]/.test(last.text), last.text);
  await settled();
  // Whoever begins to speak is not talked over; whoever presses again hears no more.
  await mic.click();
  await note.getByText(w.listening).waitFor();
  assert.equal(await ear(() => window.spoken.at(-1)), 'cancel');
  await ear(() => window.ears.at(-1).fail('no-speech'));
  await aloud.click();
  assert.equal(await aloud.getAttribute('aria-pressed'), 'false');
  const before = (await said()).length;
  await page.locator('#guide-text').fill(w.next);
  await page.keyboard.press('Enter');
  await asked.nth(3).waitFor();
  await settled();
  assert.equal((await said()).length, before);
  assert.deepEqual(problems, []);
  await context.close();
}

let server, browser;
try {
  const product = (id, en, zh, material) => ({ product_id: id, title_en: en, title_zh: zh, category_id: 'mugs', attributes: [{ name: 'material', text_en: material[0], text_zh: material[1] }], variants: [{ sku: id.toUpperCase(), price_minor: 5900, stock: 3 }] });
  input('catalog.save_categories', { categories: [{ category_id: 'mugs', name_en: 'Mugs', name_zh: '杯子' }] });
  input('catalog.save_attributes', { attributes: [{ name: 'material', name_en: 'Material', name_zh: '材质' }] });
  input('catalog.save_products', { products: [product('p1', 'Morning mug', '清晨杯', ['Stoneware', '炻器']), product('p2', 'Evening mug', '傍晚杯', ['Glass', '玻璃'])] });
  let base;
  ({ server, base } = await serve(binary, folder));
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
  const phone = { name: 'phone', viewport: { width: 390, height: 844 } }, desktop = { name: 'desktop', viewport: { width: 1440, height: 900 } };
  for (const [locale, device] of [['zh', phone], ['en', desktop], ['en', { ...phone, name: 'phone-dark', dark: true }], ['zh', { ...desktop, name: 'desktop-dark', dark: true }]]) await walk(browser, base, locale, device);

  // A browser that throws where it should have answered, and one without ears and without voices.
  {
    const { context, page, problems } = await open(browser, base, 'en', phone, { refusedAtOnce: 'NotAllowedError' });
    await page.getByRole('button', { name: words.en.mic }).click();
    await page.getByRole('button', { name: words.en.record }).click();
    await page.locator('.gnote').getByText(words.en.refused).waitFor();
    assert.deepEqual(problems, []);
    await context.close();
  }
  {
    const context = await browser.newContext({ viewport: phone.viewport });
    const page = await context.newPage();
    await page.addInitScript(() => { for (const name of ['SpeechRecognition', 'webkitSpeechRecognition', 'speechSynthesis', 'AudioContext']) Object.defineProperty(window, name, { value: undefined }); });
    await page.goto(`${base}/en/`);
    await page.locator('.ask').click();
    await page.locator('#guide-text').waitFor();
    assert.equal(await page.locator('.gmic').count(), 0);
    assert.equal(await page.getByRole('button', { name: words.en.aloud }).count(), 0);
    await page.locator('#guide-text').fill('a mug');
    await page.keyboard.press('Enter');
    await page.locator('.gcard').first().waitFor();
    await context.close();
  }
  console.log("own voice: the browser's ears and voices in two languages, phone and desktop");
} finally {
  await browser?.close();
  await stop(server);
  rmSync(folder, { recursive: true, force: true });
}
