// @vitest-environment jsdom
import { fireEvent } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MAX_SENT_PIECE } from '#shared/contract/operations/entry.ts'
import { CorrectDialog } from '#renderer/parts/timeline/correct-dialog.tsx'
import { EntryDialog } from '#renderer/parts/timeline/entry-dialog.tsx'
import { fromMoment, toMoment } from '#renderer/parts/timeline/moment.ts'
import { incidentWith } from '#test/fixtures/watch-entities.ts'
import { showCockpit, stateWith } from '../../shown-cockpit.tsx'

const png = new Uint8Array(MAX_SENT_PIECE + 100)
png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const fileOf = (content: BlobPart, name = 'latency.png') => {
  const file = new File([content], name, { type: 'image/png' })
  return file
}

beforeEach(() => {
  vi.stubGlobal(
    'URL',
    Object.assign(class extends URL {}, {
      parse: URL.parse.bind(URL),
      createObjectURL: () => 'blob:test/1',
      revokeObjectURL: () => undefined,
    }),
  )
})
afterEach(() => {
  vi.unstubAllGlobals()
})

function showDialog(pasted: File | null = null) {
  const shown = showCockpit(
    <EntryDialog incidentId="i1" pasted={pasted} />,
    stateWith({ incidents: [incidentWith({ id: 'i1', title: 'Card payments fail' })] }),
  )
  shown.cockpit.ui.setState({ dialog: { kind: 'entry', incidentId: 'i1', image: null } })
  const isOpen = () => shown.cockpit.ui.getState().dialog !== null
  return { ...shown, isOpen }
}

describe('what is added to the timeline', () => {
  it('is what happened, at the time that it says', async () => {
    const { screen, user, asked, answer, cockpit, isOpen, until } = showDialog()
    const now = cockpit.engineNow()
    await user.click(screen.getByLabelText('What happened'))
    await user.keyboard('{Enter}')
    expect(screen.getByText('Write what happened, or add an image.')).toBeTruthy()
    await user.keyboard('Customers called')
    const past = toMoment(now - 3_600_000)
    fireEvent.change(screen.getByLabelText('When'), { target: { value: past } })
    await user.keyboard('{Enter}')
    expect(asked('entry.add')).toEqual([
      { incidentId: 'i1', text: 'Customers called', happenedAt: fromMoment(past) },
    ])
    await answer('entry.add', { seq: 2 })
    await until(() => !isOpen())
  })

  it('is nothing of the future, nor of long ago, nor of no time', async () => {
    const { screen, user, asked, cockpit, isOpen } = showDialog()
    const now = cockpit.engineNow()
    await user.type(screen.getByLabelText('What happened'), 'Later')
    const when = screen.getByLabelText('When')
    const send = () => user.click(screen.getByRole('button', { name: 'Add entry' }))
    fireEvent.change(when, { target: { value: toMoment(now + 3_600_000) } })
    await send()
    expect(screen.getByText(/^This time lies in the future/)).toBeTruthy()
    expect(document.activeElement).toBe(when)
    fireEvent.change(when, { target: { value: toMoment(now - 31 * 24 * 3_600_000) } })
    await send()
    expect(screen.getByText(/^This time is more than 30 days ago/)).toBeTruthy()
    fireEvent.change(when, { target: { value: '' } })
    await send()
    expect(screen.getByText('Fill in the day and the time.')).toBeTruthy()
    expect(asked('entry.add')).toEqual([])
    expect(isOpen()).toBe(true)
  })

  it('is an image, sent in pieces', async () => {
    const { screen, user, asked, answer, until, isOpen } = showDialog(fileOf(png))
    await user.type(await screen.findByLabelText('Caption (optional)'), 'Latency{Enter}')
    await until(() => asked('image.send').length === 1)
    expect(asked('image.send')[0]).toMatchObject({ size: png.length, offset: 0 })
    await answer('image.send', { received: MAX_SENT_PIECE })
    await until(() => asked('image.send').length === 2)
    expect(asked('image.send')[1]).toMatchObject({ offset: MAX_SENT_PIECE })
    await answer('image.send', { received: png.length })
    await until(() => asked('image.add').length === 1)
    expect(asked('image.add')[0]).toMatchObject({ name: 'latency.png', caption: 'Latency' })
    await answer('image.add', { seq: 3 })
    await until(() => !isOpen())
  })

  it('is no image that is too large or none: the one before stays', async () => {
    const { screen, user, asked } = showDialog(fileOf(new Uint8Array(20_000_000)))
    expect(
      await screen.findByText('This image is 19.1 MiB; the limit is 10 MiB. Nothing was added.'),
    ).toBeTruthy()
    expect(screen.queryByLabelText('Caption (optional)')).toBeNull()
    const input = screen.getByLabelText('Image')
    await user.upload(input, fileOf(png, 'good.png'))
    await screen.findByText('good.png')
    await user.upload(input, fileOf('<svg onload="alert(1)"/>', 'evil.png'))
    expect(await screen.findByText(/^Only PNG, JPEG, WebP and GIF images/)).toBeTruthy()
    expect(screen.getByText('good.png')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Remove image' }))
    expect(screen.getByLabelText('What happened')).toBeTruthy()
    expect(asked('image.send')).toEqual([])
  })

  it('is no image while the engine is away, which stays in the form', async () => {
    const { screen, user, lose, asked, isOpen } = showDialog(fileOf(png))
    await screen.findByText('latency.png')
    await lose()
    expect(screen.getByText(/images are not queued. The image stays here/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Add image' }))
    expect(asked('image.send')).toEqual([])
    expect(isOpen()).toBe(true)
    expect(screen.getByText('latency.png')).toBeTruthy()
  })

  it('says what the engine refuses, and stays', async () => {
    const { screen, user, asked, refuse, until, isOpen } = showDialog(fileOf(png))
    await user.type(await screen.findByLabelText('Caption (optional)'), 'x{Enter}')
    await until(() => asked('image.send').length === 1)
    await refuse('image.send', {
      code: 'not-allowed-now',
      message: 'Other images are being added.',
    })
    expect(await screen.findByText(/Other images are being added/)).toBeTruthy()
    expect(isOpen()).toBe(true)
  })
})

describe('a correction', () => {
  it('begins with the caret behind the text', () => {
    const { screen } = showCockpit(
      <CorrectDialog incidentId="i1" entry={{ seq: 3, at: 5, text: 'Told the shop' }} />,
    )
    const field = screen.getByRole<HTMLTextAreaElement>('textbox')
    expect([field.selectionStart, field.selectionEnd]).toEqual([13, 13])
  })

  it('is a text that is another one than before', async () => {
    const shown = showCockpit(
      <CorrectDialog incidentId="i1" entry={{ seq: 3, at: 5, text: 'Two' }} />,
      stateWith({ incidents: [incidentWith({ id: 'i1' })] }),
    )
    const { screen, user, asked, refuse } = shown
    const field = screen.getByLabelText('How it should read')
    await user.type(field, '{Enter}')
    expect(screen.getByText('Change the text first: that is the correction.')).toBeTruthy()
    await user.clear(field)
    await user.type(field, 'Three{Enter}')
    expect(asked('entry.correct')).toEqual([
      { incidentId: 'i1', entry: 3, recordedAt: 5, text: 'Three' },
    ])
    await refuse('entry.correct', { code: 'not-found', message: 'No such entry.' })
    expect(await screen.findByText(/No such entry/)).toBeTruthy()
  })
})
