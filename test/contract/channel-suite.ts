import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Channel } from '#electron/engine/ports/channel.ts'
import type { ChannelFeedback, PageMessage } from '#shared/domain/page/schema.ts'

/** A notification that a person sees, as the receiver has it. */
export interface ShownMessage {
  readonly title: string
  readonly body: string
  readonly urgency: PageMessage['urgency']
}

/** What an adapter's test gives the suite. */
export interface ChannelHarness {
  /** A fresh channel to the same receiver; the suite closes it. */
  createChannel(): Channel
  /** What is shown now, by whomever, in any order; as plain text, whatever form it travelled in. */
  shown(): Promise<readonly ShownMessage[]>
  /** Presses a button (or clicks) on the one notification that is shown. */
  press(what: 'open' | 'acknowledge'): Promise<void>
  /** Takes everything away, as a person does who closes it. */
  clear(): Promise<void>
  /** Takes the receiver away so that nothing can be shown, or brings it back. */
  setReceiver(isThere: boolean): Promise<void>
  stop(): Promise<void>
}

/** How long a receiver may take on a busy machine; what is there is seen at once. */
const PATIENCE = { timeout: 20_000 }

let count = 0

/** A page of an incident; key and tag are new ones unless given. */
export function page(change: Partial<PageMessage> = {}): PageMessage {
  count += 1
  return {
    key: `key-${String(count)}`,
    tag: `incident-${String(count)}`,
    severity: 'P1',
    title: 'P1 Checkout is failing',
    body: 'About 1,200 customers cannot pay.',
    urgency: 'critical',
    sound: 'none',
    incidentId: 'incident-1',
    ...change,
  }
}

const never = () => new AbortController().signal

async function expectSent(channel: Channel, message: PageMessage): Promise<void> {
  expect(await channel.send(message, never())).toEqual({ ok: true, value: undefined })
}

/** What every adapter of the `Channel` port must keep to, whatever shows its messages. */
export function describeChannel(name: string, start: () => Promise<ChannelHarness>): void {
  describe(`${name} as a channel`, () => {
    let harness: ChannelHarness
    let channel: Channel

    beforeAll(async () => {
      harness = await start()
    })
    afterAll(() => harness.stop())
    beforeEach(() => {
      channel = harness.createChannel()
      return async () => {
        await channel.close()
        await harness.clear()
        await expectTitles([])
      }
    })

    const titles = async () => (await harness.shown()).map(({ title }) => title).sort()
    const expectTitles = (expected: readonly string[]) =>
      vi.waitFor(async () => expect(await titles()).toEqual(expected), PATIENCE)

    it('has a name and tells in sentences what it does', async () => {
      expect(channel.name).toMatch(/^[a-z-]+$/)
      const sentences = await channel.describe()
      expect(sentences.length).toBeGreaterThan(0)
      for (const sentence of sentences) expect(sentence).toMatch(/^[\p{Lu}\p{L}\d].*\.$/u)
    })

    it('shows title, body and urgency', async () => {
      const body = 'First line\nsecond line'
      for (const urgency of ['low', 'normal', 'critical'] as const) {
        await expectSent(channel, page({ title: `It is ${urgency}`, body, urgency }))
      }
      await expectTitles(['It is critical', 'It is low', 'It is normal'])
      expect(await harness.shown()).toEqual(
        expect.arrayContaining([
          { title: 'It is low', body, urgency: 'low' },
          { title: 'It is normal', body, urgency: 'normal' },
          { title: 'It is critical', body, urgency: 'critical' },
        ]),
      )
    })

    it.each([
      ['--help', '--version'],
      ['-u', '-u low'],
      ['--', '--'],
      ['<b>bold</b> & <script>', 'a < b && c > d <img src="x">'],
      ['&amp; stays &lt;b&gt;', '&amp; &lt; &#60;'],
      ['a\\nb \\t \\101', 'C:\\new\\table \\\\ \\101 and at the end \\'],
      ['$(touch /tmp/x) `id` "quoted" \'single\'', '$HOME `id` "; rm -rf'],
      ['%s %d %n %%', '%s%s%n %i'],
      ['Emoji 🔥 👩‍🚒 and Ünïcødé 日本語', 'שלום 🔥'],
      ['default', 'acknowledge\n42'],
    ])('shows %j as it is', async (title, body) => {
      await expectSent(channel, page({ title, body }))
      await expectTitles([title])
      expect((await harness.shown())[0]?.body).toBe(body)
    })

    it.each([
      ['a line break', 'one\ntwo'],
      ['a carriage return', 'one\r\ntwo'],
      ['a NUL', 'one\0two'],
      ['a bell and an escape', 'one\u0007\u001b[31mtwo'],
      ['a bidirectional override', 'one\u202etwo'],
      ['a lone surrogate', 'one\ud800two'],
      ['a zero-width space', 'one\u200btwo'],
    ])('shows %s in a title harmlessly, in one line', async (_what, title) => {
      await expectSent(channel, page({ title, body: title }))
      const [shown] = await vi.waitFor(async () => {
        const all = await harness.shown()
        expect(all).toHaveLength(1)
        return all
      }, PATIENCE)
      expect(shown?.title).toMatch(/^one.*two$/u)
      expect(shown?.title).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
      expect(shown?.body.replaceAll('\n', ' ')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
    })

    it('shows an empty title and an empty body as something', async () => {
      await expectSent(channel, page({ title: '', body: '' }))
      await vi.waitFor(
        async () => expect(await titles()).toEqual([expect.stringMatching(/\S/)]),
        PATIENCE,
      )
    })

    it('cuts texts that no screen can hold', async () => {
      await expectSent(channel, page({ title: 'T'.repeat(10_000), body: 'B\n'.repeat(100_000) }))
      const shown = await vi.waitFor(async () => {
        const all = await harness.shown()
        expect(all).toHaveLength(1)
        return all
      }, PATIENCE)
      expect(shown[0]?.title).toMatch(/^TTTTT/)
      expect(shown[0]?.title.length).toBeLessThan(1_000)
      expect(shown[0]?.body.length).toBeLessThan(10_000)
    })

    it('replaces what is shown under the same tag, and nothing else', async () => {
      await expectSent(channel, page({ tag: 'a', title: 'A fires' }))
      await expectSent(channel, page({ tag: 'b', title: 'B fires' }))
      await expectSent(channel, page({ tag: 'a', title: 'A is worse' }))
      await expectTitles(['A is worse', 'B fires'])
    })

    it('takes back what is shown under a tag, and nothing else', async () => {
      await expectSent(channel, page({ tag: 'a', title: 'A fires' }))
      await expectSent(channel, page({ tag: 'b', title: 'B fires' }))
      channel.withdraw('c')
      channel.withdraw('a')
      await expectTitles(['B fires'])
      channel.withdraw('a')
      await expectSent(channel, page({ tag: 'a', title: 'A fires again' }))
      await expectTitles(['A fires again', 'B fires'])
    })

    it('takes back what was still being sent', async () => {
      const sending = channel.send(page({ tag: 'late', title: 'Late' }), never())
      channel.withdraw('late')
      await sending
      await expectTitles([])
    })

    it.each([
      ['open', 'opened'],
      ['acknowledge', 'acknowledged'],
    ] as const)('tells of %s with the key of the message', async (what, action) => {
      const feedback: ChannelFeedback[] = []
      const deaf: ChannelFeedback[] = []
      channel.listen((one) => feedback.push(one))
      channel.listen((one) => deaf.push(one))()
      await expectSent(channel, page({ key: 'old', tag: 'x', title: 'First' }))
      await expectSent(channel, page({ key: 'new', tag: 'x', title: 'Second' }))
      await expectTitles(['Second'])
      await harness.press(what)
      await vi.waitFor(() => expect(feedback).toEqual([{ key: 'new', action }]), PATIENCE)
      expect(deaf).toEqual([])
      // What was pressed is gone, and can be shown anew.
      await expectTitles([])
      await expectSent(channel, page({ key: 'newer', tag: 'x', title: 'Third' }))
      await expectTitles(['Third'])
      expect(feedback).toHaveLength(1)
    })

    it('fails in words for one that was given up before it began', async () => {
      const result = await channel.send(page({ title: 'Given up' }), AbortSignal.abort())
      expect(result).toMatchObject({ ok: false, error: { code: 'failed' } })
      expect(await titles()).toEqual([])
    })

    it('fails in words while nothing can be shown, and recovers by itself', async () => {
      await expectSent(channel, page({ tag: 'a', title: 'Before' }))
      await expectTitles(['Before'])
      await harness.setReceiver(false)
      try {
        const result = await channel.send(page({ tag: 'a', title: 'Lost' }), never())
        expect(result).toMatchObject({ ok: false, error: { code: 'unavailable' } })
        if (result.ok) return
        expect(result.error.message).toMatch(/^\p{Lu}.*\.$/u)
        expect(result.error.hint).toMatch(/^\p{Lu}.*\.$/u)
      } finally {
        await harness.setReceiver(true)
      }
      await expectSent(channel, page({ tag: 'a', title: 'Back' }))
      await expectTitles(['Back'])
    })

    it('sends nothing after it was closed, and can be closed twice', async () => {
      await channel.close()
      await channel.close()
      const result = await channel.send(page({ title: 'Too late' }), never())
      expect(result.ok).toBe(false)
      channel.withdraw('anything')
      expect(await titles()).toEqual([])
    })
  })
}
