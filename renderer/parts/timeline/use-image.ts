import { useEffect, useState } from 'react'
import type { ContractError } from '#shared/contract/errors.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import type { ShownImage } from '../../engine/images/image-shelf.ts'

/** An image on its way, or why there is none; both null until it comes. */
export interface LoadedImage {
  readonly blob: Blob | null
  readonly error: ContractError | null
}

/**
 * Reads an image once it is wanted.
 *
 * @param isWanted false while it is out of sight.
 */
export function useImage({ incidentId, entry, image }: ShownImage, isWanted: boolean): LoadedImage {
  const { images } = useCockpit()
  const isOpen = useMirror(({ connection }) => connection.phase === 'open')
  const [blob, setBlob] = useState<Blob | null>(null)
  const [error, setError] = useState<ContractError | null>(null)
  const { hash } = image
  const isMissing = isWanted && blob === null
  useEffect(() => {
    if (!isMissing) return undefined
    const state = { isStale: false }
    void images.read({ incidentId, entry, image: { hash } }).then((read) => {
      if (state.isStale) return
      if (read.ok) setBlob(read.value)
      setError(read.ok ? null : read.error)
    })
    return () => {
      state.isStale = true
    }
    // Asked again once the engine is back.
  }, [images, incidentId, entry, hash, isMissing, isOpen])
  return { blob, error }
}
