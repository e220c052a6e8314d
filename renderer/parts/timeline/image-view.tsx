import type { TimelineImage } from '#shared/domain/image/schema.ts'
import { BlobImage } from '../../components/blob-image.tsx'
import { useImage } from './use-image.ts'
import styles from './image-view.module.css'

interface ImageViewProps {
  readonly incidentId: string
  readonly entry: number
  readonly image: TimelineImage
}

/** An image of the timeline, as large as there is room. */
export function ImageView({ incidentId, entry, image }: ImageViewProps) {
  const { blob, error } = useImage({ incidentId, entry, image }, true)
  const { name, caption } = image
  if (error) {
    return (
      <p className={styles.error}>
        {error.message} {error.hint}
      </p>
    )
  }
  return (
    <figure className={styles.figure}>
      {blob === null ? (
        <p className={styles.words}>Loading…</p>
      ) : (
        <BlobImage className={styles.image} blob={blob} alt={caption || name} />
      )}
      <figcaption className={styles.words}>
        {caption === '' ? name : `${caption} (${name})`}
      </figcaption>
    </figure>
  )
}
