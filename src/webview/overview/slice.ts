/** What a long list shows of itself. */
export interface View {
  readonly count: number;
  /** Pixels. */
  readonly rowHeight: number;
  readonly top: number;
  readonly height: number;
  /** A row that is drawn wherever it is: the one that the Tab key reaches. */
  readonly pinned: number;
}

/** Rows that are drawn beyond either edge, so that quick scrolling shows no gap. */
const margin = 15;

/** The places of the rows to draw, in order. */
export function slice({ count, rowHeight, top, height, pinned }: View): readonly number[] {
  const first = Math.max(0, Math.min(Math.floor(top / rowHeight) - margin, count));
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + margin);
  const places = Array.from({ length: Math.max(0, last - first) }, (_, place) => first + place);
  if (pinned < 0 || pinned >= count || (pinned >= first && pinned < last)) return places;
  return pinned < first ? [pinned, ...places] : [...places, pinned];
}
