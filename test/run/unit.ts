/** The former place of this program. */
import '../scripts/unit';
