// The one scale that all comparable results share: the track is the baseline's error, the filled part is what was removed of it.
import type { JSX } from "preact";

export function Bar({ share, height = 12, width = 200 }: { share: number; height?: number; width?: number }): JSX.Element {
  return (
    <svg class="bar" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" style={{ height: `${height}px` }} aria-hidden="true">
      <rect class="track" x="0" y="0" width={width} height={height} />
      <rect class="gone" x="0" y="0" width={width * share} height={height} />
      <path class="edge" d={`M0,0V${height}`} />
    </svg>
  );
}
