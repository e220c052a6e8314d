import { useEffect } from 'react'

/** Takes an image that is pasted anywhere on the page, but for what takes pasted images itself. */
export function usePastedImage(take: (image: File) => void): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const image = event.defaultPrevented ? null : pastedImage(event.clipboardData)
      if (!image) return
      event.preventDefault()
      take(image)
    }
    window.addEventListener('paste', onPaste)
    return () => window.removeEventListener('paste', onPaste)
  }, [take])
}

/** The image that is pasted; null for a text, which may bring a picture of itself along. */
export function pastedImage(data: Pick<DataTransfer, 'files' | 'types'> | null): File | null {
  if (!data || data.types.includes('text/plain')) return null
  return [...data.files].find(({ type }) => type.startsWith('image/')) ?? null
}
