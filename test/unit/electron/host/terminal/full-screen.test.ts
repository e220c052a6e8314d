import { describe, expect, it } from 'vitest'
import { createFullScreenFilter } from '#electron/host/terminal/full-screen.ts'

const ESC = '\u001b'

function filtered(text: string, size: number): string {
  const filter = createFullScreenFilter()
  const bytes = Buffer.from(text)
  const kept: Buffer[] = []
  for (let from = 0; from < bytes.length; from += size) {
    kept.push(filter.push(bytes.subarray(from, from + size)))
  }
  return Buffer.concat([...kept, filter.end()]).toString()
}

describe('what fills a whole screen', () => {
  const text = `vor ä${ESC}[?1049hdrawn${ESC}[2J${ESC}[?1049h${ESC}[?1049l after ${ESC}[31mred${ESC}[?25h`

  it.each([1, 3, 1_000])('is left out, whatever the pieces of %i bytes', (size) => {
    expect(filtered(text, size)).toBe(`vor ä[full screen]\r\n after ${ESC}[31mred${ESC}[?25h`)
  })

  it('is left out also where it is never left, and half a sequence at the end is kept', () => {
    expect(filtered(`a${ESC}[?47hb`, 1)).toBe('a[full screen]\r\n')
    expect(filtered(`a${ESC}[?10`, 1)).toBe(`a${ESC}[?10`)
  })
})
