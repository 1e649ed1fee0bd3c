import * as l10n from '@vscode/l10n';
import { type Advice, HttpError, type HttpErrorDetails, type HttpErrorKind } from '../../http/errors';

/** A position in a JSON document: member names and list indexes, starting at the root, which is `[]`. */
export type Pointer = readonly (string | number)[];

/** An error in a document that the user edited. */
export interface DocumentFlaw {
  /** The position of the invalid value, or the expected one of a missing value. */
  readonly pointer: Pointer;
  /** A localized predicate for that position, without the name of the member: `must not be empty`. */
  readonly message: string;
}

/**
 * A document that was rejected, locally or by the service, with the invalid positions. The editor marks them, so
 * `message` need not repeat them.
 */
export class DocumentError extends HttpError {
  readonly flaws: readonly DocumentFlaw[];

  /** @param message what is wrong, cause first; as `HttpError.message`. */
  constructor(
    message: string,
    flaws: readonly DocumentFlaw[],
    details: HttpErrorDetails & { readonly kind?: HttpErrorKind } = {},
  ) {
    const { kind = 'rejected', ...rest } = details;
    super(kind, message, { advice: l10n.t('Correct it, then save again. Nothing was sent.'), ...rest });
    this.flaws = flaws;
  }

  override withAdvice(advice: Advice): DocumentError {
    return this.copy({ advice, cause: this });
  }

  protected override texts(): readonly string[] {
    return [...super.texts(), ...this.flaws.map(({ message }) => message)];
  }

  protected override copy(
    details: HttpErrorDetails,
    change: (text: string) => string = (text) => text,
  ): DocumentError {
    const { kind } = this;
    const flaws = this.flaws.map(({ pointer, message }) => ({ pointer, message: change(message) }));
    return new DocumentError(change(this.message), flaws, {
      ...{ kind, ...this.details() },
      ...details,
    });
  }
}

/** @returns a pointer in readable form: `fields[0].id`. */
export function pointerText(pointer: Pointer): string {
  return pointer
    .map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`))
    .join('');
}
