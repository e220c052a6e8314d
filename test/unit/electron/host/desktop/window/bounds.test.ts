import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { placeWindow, windowMemorySchema } from '#electron/host/desktop/window/bounds.ts'
import { createWindowMemoryFile } from '#electron/host/desktop/window/window-memory.ts'
import { backgroundOf } from '#electron/host/desktop/window/window-options.ts'
import { silentLogger } from '#test/fixtures/engine.ts'

const laptop = { workArea: { x: 0, y: 25, width: 1440, height: 875 } }
const beside = { workArea: { x: 1440, y: 0, width: 1920, height: 1080 } }

describe('placeWindow', () => {
  it('puts a window where it was while its title can be reached there', () => {
    const was = { x: 1500, y: 40, width: 1300, height: 900 }
    expect(placeWindow(was, [laptop, beside])).toEqual(was)
    expect(placeWindow({ ...was, x: -1_200 }, [laptop])).toEqual({ width: 1300, height: 900 })
    expect(placeWindow({ ...was, x: -1_180, y: 30 }, [laptop])).toMatchObject({ x: -1_180 })
  })

  it('leaves the place to the system when the display is gone', () => {
    const was = { x: 1500, y: 40, width: 1300, height: 900 }
    expect(placeWindow(was, [laptop])).toEqual({ width: 1300, height: 900 })
    expect(placeWindow({ ...was, x: 10, y: -300 }, [laptop])).not.toHaveProperty('x')
    expect(placeWindow({ ...was, x: 10, y: 890 }, [laptop])).not.toHaveProperty('x')
    expect(placeWindow(was, [])).not.toHaveProperty('x')
  })

  it('is never smaller than the cockpit can be used in', () => {
    expect(placeWindow(null, [laptop])).toEqual({ width: 1280, height: 800 })
    expect(placeWindow({ x: 0, y: 30, width: 200, height: 200 }, [laptop])).toEqual({
      x: 0,
      y: 30,
      width: 900,
      height: 600,
    })
  })
})

describe("the window's memory", () => {
  it('is kept, and forgotten when it cannot be read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'deckwatch-window-'))
    const path = join(folder, 'window.json')
    const file = createWindowMemoryFile(path, silentLogger)
    const empty = windowMemorySchema.parse({})
    expect(file.read()).toEqual(empty)
    const memory = {
      bounds: { x: 1, y: 2, width: 900, height: 700 },
      isMaximized: true,
      hasToldHiding: true,
    }
    file.write(memory)
    expect(file.read()).toEqual(memory)
    for (const text of ['{', '{"bounds":{"x":1e9,"y":0,"width":1,"height":1}}', '[]']) {
      writeFileSync(path, text)
      expect(file.read()).toEqual(empty)
    }
    rmSync(folder, { recursive: true })
    // Nowhere to write is no reason to stop.
    file.write(memory)
    expect(file.read()).toEqual(empty)
  })
})

it("has the page's colour behind the page", () => {
  const tokens = readFileSync(
    join(import.meta.dirname, '../../../../../../renderer/theme/tokens.css'),
    'utf8',
  )
  const [, light, dark] = /--surface-page: light-dark\((#\w+), (#\w+)\)/.exec(tokens) ?? []
  expect([backgroundOf(false), backgroundOf(true)]).toEqual([light, dark])
})
