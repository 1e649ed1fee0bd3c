import * as l10n from '@vscode/l10n';
import { type Advice, HttpError, type HttpErrorDetails, type HttpErrorKind } from '../../http/errors';

/** A place in a JSON document: the member names and list indexes that lead to it, from the root, which is `[]`. */
export type Pointer = readonly (string | number)[];

/** Something wrong in a document that a person edited. */
export interface DocumentFlaw {
  /** Of the value that is wrong. Where it is missing, the place where it belongs. */
  readonly pointer: Pointer;
  /** A localised sentence for that place, without the name of the member: `must not be empty`. */
  readonly message: string;
}

/**
 * A document that was refused, here or by the service, with the places that are wrong. The document's editor marks
 * them, so `message` need not repeat where they are.
 */
export class DocumentError extends HttpError {
  readonly flaws: readonly DocumentFlaw[];

  /** @param message what is wrong, cause first; as of HttpError. */
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

/** @returns a pointer as people write it: `fields[0].id`. */
export function pointerText(pointer: Pointer): string {
  return pointer
    .map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`))
    .join('');
}
