import { IconPhoto, IconPhotoOff } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { TimelineImage } from '#shared/domain/image/schema.ts'
import { BlobImage } from '../../components/blob-image.tsx'
import { useImage } from './use-image.ts'
import styles from './entry-image.module.css'

interface EntryImageProps {
  readonly incidentId: string
  readonly entry: number
  readonly image: TimelineImage
  readonly onOpen: () => void
}

/** An image as small as a few lines; it opens large. It is read once it comes into sight. */
export function EntryImage({ incidentId, entry, image, onOpen }: EntryImageProps) {
  const frame = useRef<HTMLButtonElement>(null)
  const isSeen = useSeen(frame)
  const { blob, error } = useImage({ incidentId, entry, image }, isSeen)
  const { name, caption } = image
  return (
    <button
      ref={frame}
      type="button"
      className={styles.frame}
      // The key of the entry opens it too.
      tabIndex={-1}
      aria-label={`Open the image: ${caption || name}`}
      onClick={onOpen}
    >
      {blob === null ? (
        <span className={styles.absent}>
          {error ? (
            <>
              <IconPhotoOff size={16} aria-hidden="true" /> {error.message}
            </>
          ) : (
            <IconPhoto size={16} aria-hidden="true" />
          )}
        </span>
      ) : (
        <BlobImage className={styles.image} blob={blob} alt="" />
      )}
    </button>
  )
}

/** True once an element has come into sight. */
function useSeen(ref: React.RefObject<Element | null>): boolean {
  const [isSeen, setSeen] = useState(false)
  useEffect(() => {
    if (isSeen || !ref.current) return undefined
    const observer = new IntersectionObserver((changes) => {
      if (changes.some(({ isIntersecting }) => isIntersecting)) setSeen(true)
    })
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [ref, isSeen])
  return isSeen
}
