package dev.sluice.streams.rules.severity;

import dev.sluice.events.Severity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import us.springett.cvss.Cvss;
import us.springett.cvss.CvssV2;
import us.springett.cvss.CvssV3;
import us.springett.cvss.CvssV3_1;
import us.springett.cvss.CvssV4;

/**
 * Score of a CVSS vector.
 *
 * @param rank 0 for the newest version of CVSS, 3 for the oldest
 * @param score 0.0 to 10.0; of version 4.0 with the threat metrics that the vector holds
 * @param version for people: 4.0, 3.1, 3.0 or 2.0
 */
record CvssScore(int rank, double score, String version) {

  /** Longer vectors do not exist: version 4.0 has 32 metrics. */
  private static final int LONGEST = 400;

  static Optional<CvssScore> read(String vector) {
    if (vector == null || vector.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      String bare = vector.strip();
      Cvss cvss =
          Cvss.fromVector(bare.startsWith("(") ? bare.substring(1, bare.length() - 1) : bare);
      if (cvss == null) {
        return Optional.empty();
      }
      double score = cvss.calculateScore().getBaseScore();
      if (Double.isNaN(score) || score < 0 || score > 10) {
        return Optional.empty();
      }
      // CvssV3_1 is a subclass of CvssV3.
      if (cvss instanceof CvssV4) {
        return Optional.of(new CvssScore(0, score, "4.0"));
      } else if (cvss instanceof CvssV3_1) {
        return Optional.of(new CvssScore(1, score, "3.1"));
      } else if (cvss instanceof CvssV3) {
        return Optional.of(new CvssScore(2, score, "3.0"));
      } else if (cvss instanceof CvssV2) {
        return Optional.of(new CvssScore(3, score, "2.0"));
      }
      return Optional.empty();
    } catch (RuntimeException malformed) {
      // The library throws for malformed vectors, and several kinds for incomplete ones.
      return Optional.empty();
    }
  }

  Severity severity() {
    return rank == 3 ? bandOfVersion2(score) : band(score);
  }

  String text() {
    return "CVSS " + version + " score " + oneDigit(score);
  }

  /** A score with one digit behind the point, half up. */
  static String oneDigit(double score) {
    return BigDecimal.valueOf(score).setScale(1, RoundingMode.HALF_UP).toPlainString();
  }

  /** Qualitative scale of CVSS 3.1, section 5, and of 4.0, section 6. */
  static Severity band(double score) {
    if (score >= 9.0) {
      return Severity.CRITICAL;
    } else if (score >= 7.0) {
      return Severity.HIGH;
    } else if (score >= 4.0) {
      return Severity.MEDIUM;
    }
    return score > 0 ? Severity.LOW : Severity.NONE;
  }

  /** NVD's scale for CVSS 2: there is no critical, and 0 is low. */
  static Severity bandOfVersion2(double score) {
    if (score >= 7.0) {
      return Severity.HIGH;
    }
    return score >= 4.0 ? Severity.MEDIUM : Severity.LOW;
  }

  /** Rank of a rating that names its method without a vector. */
  static int rankOf(String method) {
    return switch (Trust.normal(method)) {
      case "cvss4", "cvss4.0", "cvssv4" -> 0;
      case "cvss3.1", "cvssv31" -> 1;
      case "cvss3", "cvss3.0", "cvssv3" -> 2;
      case "cvss2", "cvss2.0", "cvssv2" -> 3;
      default -> 4;
    };
  }
}
