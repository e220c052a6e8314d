import { useLayoutEffect, useRef } from 'react'

interface BlobImageProps extends Omit<React.ComponentProps<'img'>, 'src' | 'ref'> {
  readonly blob: Blob
  readonly alt: string
}

/** An image from the memory of this page. Its address is valid as long as it is shown. */
export function BlobImage({ blob, alt, ...props }: BlobImageProps) {
  const image = useRef<HTMLImageElement>(null)
  useLayoutEffect(() => {
    const address = URL.createObjectURL(blob)
    image.current?.setAttribute('src', address)
    return () => URL.revokeObjectURL(address)
  }, [blob])
  return <img {...props} ref={image} alt={alt} />
}
