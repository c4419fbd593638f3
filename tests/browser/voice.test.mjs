// The guide spoken to and reading aloud, in a real browser against the real binary: chromium's microphone plays a sound that this test makes, the panel records it,
// and what arrives at the speech endpoint, which is this test, must be that sound. The endpoint's text becomes the question; the answer's sentences are asked to be read
// aloud and are heard in the browser. Chinese and English, phone and desktop. Also: the yes before the first recording, refusals in words, an endpoint that is gone,
// espeak-ng where it is installed, and the same on another site. Nothing sleeps.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { serve, stop } from './server.mjs';

const binary = process.env.KINDLING ?? new URL('../../build/release/bin/kindling', import.meta.url).pathname;
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const shots = process.env.SCREENSHOTS;
const folder = mkdtempSync(join(tmpdir(), 'kindling-voice-'));
const kindling = (...args) => execFileSync(binary, ['--data', folder, ...args, '--quiet'], { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
const input = (operation, value) => {
  const file = join(folder, 'input.json');
  writeFileSync(file, JSON.stringify(value));
  return kindling(...operation.split('.'), '--input', file);
};

function wav(samples, rate) {
  const out = Buffer.alloc(44 + samples.length * 2);
  out.write('RIFF', 0), out.writeUInt32LE(36 + samples.length * 2, 4), out.write('WAVEfmt ', 8), out.writeUInt32LE(16, 16), out.writeUInt16LE(1, 20), out.writeUInt16LE(1, 22);
  out.writeUInt32LE(rate, 24), out.writeUInt32LE(rate * 2, 28), out.writeUInt16LE(2, 32), out.writeUInt16LE(16, 34), out.write('data', 36), out.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((s, i) => out.writeInt16LE(Math.round(s * 32767), 44 + i * 2));
  return out;
}
// Six "syllables": bursts of a voice's harmonics, as recorders' noise filters let voices through and steady tones not; then silence, which ends the recording.
const pitch = 220;
function voice(rate = 48000) {
  const out = new Array(rate * 5).fill(0);
  for (let s = 0; s < 6; ++s)
    for (let i = 0; i < rate * 0.2; ++i) {
      const time = i / rate, swell = Math.sin((Math.PI * i) / (rate * 0.2));
      for (let k = 1; k <= 5; ++k) out[Math.round(rate * (0.3 + s * 0.3)) + i] += (0.18 / k) * swell * Math.sin(2 * Math.PI * pitch * k * time);
    }
  return out;
}
const sounds = { voice: join(folder, 'voice.wav'), silence: join(folder, 'silence.wav') };

// How loud each hundredth of a second is, and how strong one frequency is against the whole (Goertzel).
function measure(bytes) {
  assert.equal(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 12), 'RIFFWAVE');
  assert.deepEqual([bytes.readUInt16LE(22), bytes.readUInt32LE(24), bytes.readUInt16LE(34)], [1, 16000, 16], 'one channel of 16 kHz');
  const rate = 16000, n = (bytes.length - 44) / 2, samples = Float64Array.from({ length: n }, (_, i) => bytes.readInt16LE(44 + i * 2) / 32768), levels = [];
  for (let at = 0; at + 160 <= n; at += 160) levels.push(Math.sqrt(samples.subarray(at, at + 160).reduce((sum, s) => sum + s * s, 0) / 160));
  const most = Math.max(...levels), bursts = levels.filter((l, i) => l > most / 3 && (levels[i - 1] ?? 0) <= most / 3).length;
  const power = (hertz) => { const w = (2 * Math.PI * hertz) / rate; let re = 0, im = 0; samples.forEach((s, i) => { re += s * Math.cos(w * i), im += s * Math.sin(w * i); }); return re * re + im * im; };
  return { seconds: n / rate, most, bursts, pitch: power(pitch) / Math.max(power(pitch * 1.5), 1e-9) };
}

// The endpoint: hands what it heard to whoever looks, and says one tone for every sentence.
const heard = [], said = [];
let spoken = { zh: '想买杯子', en: 'a mug' }, broken = false;
const endpoint = createServer((request, response) => {
  const parts = [];
  request.on('data', (chunk) => parts.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(parts);
    if (broken) return response.writeHead(500).end('{}');
    if (request.url.endsWith('/audio/transcriptions')) {
      const boundary = `--${request.headers['content-type'].split('boundary=')[1]}`, form = {};
      for (const part of body.toString('latin1').split(boundary).slice(1, -1)) {
        const [head, ...rest] = part.split('\r\n\r\n');
        form[/name="(\w+)"/.exec(head)[1]] = rest.join('\r\n\r\n').slice(0, -2);
      }
      heard.push({ ...form, key: request.headers.authorization, sound: Buffer.from(form.file, 'latin1') });
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ text: spoken[form.language] }));
    }
    said.push(JSON.parse(body));
    const tone = Array.from({ length: 16000 * 0.3 }, (_, i) => 0.4 * Math.sin(i / 5));
    response.writeHead(200, { 'content-type': 'audio/wav' }).end(wav(tone, 16000));
  });
});

const stoneware = /stoneware|炻器|Morning|清晨/i;  // of the second answer
const words = {
  zh: { mic: '语音输入', aloud: '朗读回答', record: '开始录音', notNow: '暂不', listening: '正在聆听', nothing: '没有听清', fails: '语音暂时不可用', kept: '不会被保存' },
  en: { mic: 'Speak', aloud: 'Read aloud', record: 'Record', notNow: 'Not now', listening: 'Listening', nothing: 'Nothing was heard', fails: 'does not work just now', kept: 'not kept' },
};

async function newPage(browser, locale, device) {
  const context = await browser.newContext({ viewport: device.viewport, reducedMotion: 'reduce', colorScheme: device.dark ? 'dark' : 'light', locale: locale === 'zh' ? 'zh-CN' : 'en-US' });
  const page = await context.newPage(), problems = [];
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type()) && !/status of (4|5)/.test(m.text())) problems.push(m.text()); });
  page.on('pageerror', (e) => problems.push(e.message));
  // What is heard: each sound that the page begins, with its length and loudness.
  await page.addInitScript(() => {
    window.played = [];
    const start = AudioBufferSourceNode.prototype.start;
    AudioBufferSourceNode.prototype.start = function (...args) {
      const samples = this.buffer.getChannelData(0);
      window.played.push({ seconds: this.buffer.duration, loud: Math.max(...samples.subarray(0, 100000).map(Math.abs)) });
      return start.apply(this, args);
    };
  });
  return { context, page, problems };
}

async function walk(browser, base, locale, device) {
  const w = words[locale], { context, page, problems } = await newPage(browser, locale, device);
  const shot = (what) => (shots ? page.screenshot({ path: join(shots, `voice-${what}-${locale}-${device.name}.png`) }) : undefined);
  await page.goto(`${base}/${locale}/`);
  await page.locator('.ask').click();
  const mic = page.getByRole('button', { name: w.mic }), aloud = page.getByRole('button', { name: w.aloud }), note = page.locator('.gnote');
  await mic.waitFor();

  // Asked before anything is recorded; a no records nothing.
  await mic.click();
  await note.getByText(w.kept).waitFor();
  await shot('asked');
  await page.getByRole('button', { name: w.notNow }).click();
  await note.waitFor({ state: 'hidden' });
  assert.equal(await mic.getAttribute('aria-pressed'), 'false');

  // Spoken to, the recording ends with the silence after the voice, and the words are the question.
  heard.length = said.length = 0;
  await mic.click();
  await page.getByRole('button', { name: w.record }).click();
  await note.getByText(w.listening).waitFor();
  assert.equal(await mic.getAttribute('aria-pressed'), 'true');
  await shot('listening');
  await page.locator('.gme', { hasText: spoken[locale] }).waitFor();
  await page.locator('.gform.busy').waitFor({ state: 'detached' });
  await page.locator('.gcard').first().waitFor();
  assert.equal(await page.locator('.gcard').count(), 2);
  await note.waitFor({ state: 'hidden' });
  assert.equal(heard.length, 1);
  assert.deepEqual([heard[0].model, heard[0].language, heard[0].key], ['whisper-1', locale, 'Bearer sk-ears']);
  const sound = measure(heard[0].sound);
  assert.ok(sound.seconds > 1.5 && sound.seconds < 12 && sound.most > 0.02 && sound.bursts >= 4 && sound.pitch > 5, JSON.stringify(sound));
  console.log(`voice ${locale} ${device.name}: ${sound.seconds.toFixed(1)} s arrived, loudest ${sound.most.toFixed(2)}, ${sound.bursts} bursts, pitch ${sound.pitch.toFixed(0)} times its neighbour`);

  // Read aloud: the answer that is there, sentence by sentence, and the next one by itself.
  await aloud.click();
  await page.waitForFunction(() => window.played.length >= 1);
  assert.equal(await aloud.getAttribute('aria-pressed'), 'true');
  assert.ok(said[0].input.length > 3 && said[0].input.length <= 200 && said[0].model === 'tts-1' && said[0].voice === (locale === 'zh' ? 'zf' : 'af'), JSON.stringify(said[0]));
  await page.locator('#guide-text').fill(locale === 'zh' ? '只要炻器的' : 'only stoneware');
  const read = page.waitForResponse((r) => r.url().endsWith('/guide/say') && stoneware.test(r.request().postDataJSON().text));
  await page.keyboard.press('Enter');
  await read;
  await page.waitForFunction((n) => window.played.length >= n, said.length);
  for (const p of await page.evaluate(() => window.played)) assert.ok(p.seconds > 0.25 && p.seconds < 0.4 && p.loud > 0.3, JSON.stringify(p));
  await aloud.click();
  assert.equal(await aloud.getAttribute('aria-pressed'), 'false');

  // An endpoint that fails says so in the shopper's words, and writing goes on. By keyboard.
  broken = true;
  await mic.focus();
  await page.keyboard.press('Enter');
  await note.getByText(w.listening).waitFor();
  await note.getByText(w.fails).waitFor();
  broken = false;
  await shot('failed');
  assert.deepEqual(problems, []);
  await context.close();
}

let server, browser;
try {
  writeFileSync(sounds.voice, wav(voice(), 48000)), writeFileSync(sounds.silence, wav(new Array(48000 * 2).fill(0), 48000));
  await new Promise((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${endpoint.address().port}/v1`;
  const product = (id, en, zh, material) => ({ product_id: id, title_en: en, title_zh: zh, category_id: 'mugs', attributes: [{ name: 'material', text_en: material[0], text_zh: material[1] }], variants: [{ sku: id.toUpperCase(), price_minor: 5900, stock: 3 }] });
  input('catalog.save_categories', { categories: [{ category_id: 'mugs', name_en: 'Mugs', name_zh: '杯子' }] });
  input('catalog.save_attributes', { attributes: [{ name: 'material', name_en: 'Material', name_zh: '材质' }] });
  input('catalog.save_products', { products: [product('p1', 'Morning mug', '清晨杯', ['Stoneware', '炻器']), product('p2', 'Evening mug', '傍晚杯', ['Glass', '玻璃'])] });
  const all = { speech_to_text_url: url, speech_to_text_name: 'whisper-1', speech_to_text_key: 'sk-ears', text_to_speech_url: url, text_to_speech_name: 'tts-1', text_to_speech_voice_en: 'af', text_to_speech_voice_zh: 'zf' };
  const key = JSON.parse(kindling('keys', 'create', '--name', 't', '--role', 'owner', '--json')).secret;
  let base;
  ({ server, base } = await serve(binary, folder));
  const set = async (settings) => assert.equal((await post('/v1/settings/update', { changes: Object.entries(settings).map(([name, value]) => ({ name, value })) }, { authorization: `Bearer ${key}` })).status, 200);
  const post = (path, body, headers = {}) => fetch(base + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  await set(all);
  const begin = (file, ...more) => chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${file}`, ...more] });
  browser = await begin(sounds.voice);
  const phone = { name: 'phone', viewport: { width: 390, height: 844 } }, desktop = { name: 'desktop', viewport: { width: 1440, height: 900 } }, dark = { ...phone, name: 'phone-dark', dark: true };
  for (const [locale, device] of [['zh', phone], ['en', desktop], ['en', dark], ['zh', { ...desktop, name: 'desktop-dark', dark: true }]]) await walk(browser, base, locale, device);
  await browser.close();

  // Silence is no question: the recording ends by itself, nobody is asked.
  browser = await begin(sounds.silence);
  {
    heard.length = 0;
    const w = words.en, { context, page, problems } = await newPage(browser, 'en', phone);
    await page.goto(`${base}/en/`);
    await page.locator('.ask').click();
    await page.getByRole('button', { name: w.mic }).click();
    await page.getByRole('button', { name: w.record }).click();
    await page.locator('.gnote').getByText(w.nothing).waitFor();
    assert.equal(heard.length, 0);
    assert.equal(await page.locator('.gme').count(), 0);
    assert.deepEqual(problems, []);
    await context.close();
  }

  // Straight at the door: no sound, too large, from another site, too often.
  const refused = async (response, status, reason) => { assert.equal(response.status, status); assert.equal((await response.json()).error.reason, reason); };
  await refused(await post('/guide/voice', { data: Buffer.from('GIF89a').toString('base64') }), 400, 'sound_unknown');
  await refused(await post('/embed/voice', { data: Buffer.from('GIF89a').toString('base64'), visitor: `vis_${'a'.repeat(24)}` }), 400, 'sound_unknown');
  assert.equal((await post('/guide/voice', { data: 'A'.repeat(2_000_000) })).status, 413);
  assert.equal((await post('/guide/voice', { data: '' }, { origin: 'https://evil.example' })).status, 403);
  assert.equal((await post('/embed/say', { text: 'Hello', visitor: `vis_${'a'.repeat(24)}` }, { origin: 'https://evil.example' })).status, 403);
  const embedded = await (await post('/embed/say', { text: 'Hello', visitor: `vis_${'a'.repeat(24)}` })).json();
  assert.equal(embedded.media_type, 'audio/wav');
  let limited;
  for (let i = 0; i < 40 && !limited; ++i) limited = (await post('/guide/voice', { data: Buffer.from('GIF89a').toString('base64') })).status === 429;
  assert.ok(limited, 'nobody may ask without end');
  await browser.close();

  // Without endpoints: the panel speaks with espeak-ng where that is installed and the browser has no voice; headless chromium has none.
  await set(Object.fromEntries(Object.keys(all).map((name) => [name, ''])));
  browser = await begin(sounds.voice);
  {
    const { context, page, problems } = await newPage(browser, 'zh', phone);
    await page.goto(`${base}/zh/`);
    await page.locator('.ask').click();
    await page.locator('.guide[open]').waitFor();
    const can = await page.locator('.ask').evaluate((b) => b.dataset.voice), own = await page.evaluate(() => speechSynthesis.getVoices().length);
    assert.equal(await page.locator('.ask').evaluate((b) => b.dataset.hears), 'false');
    const aloud = page.getByRole('button', { name: words.zh.aloud });
    if (!own) assert.equal(await aloud.count(), can === 'offline' ? 1 : 0);
    if (!own && can === 'offline') {
      await aloud.click();
      await page.waitForFunction(() => window.played.length >= 1);
      const [first] = await page.evaluate(() => window.played);
      assert.ok(first.seconds > 2 && first.seconds < 40 && first.loud > 0.1, JSON.stringify(first));
      console.log(`voice: espeak-ng reads the greeting in ${first.seconds.toFixed(1)} s`);
    } else console.log('voice: espeak-ng was not listened to (not installed, or the browser has voices)');
    assert.deepEqual(problems, []);
    await context.close();
  }
  console.log('voice: spoken to and read aloud in two languages, phone and desktop');
} finally {
  await browser?.close();
  await stop(server);
  endpoint.closeAllConnections();
  endpoint.close();
  rmSync(folder, { recursive: true, force: true });
}
