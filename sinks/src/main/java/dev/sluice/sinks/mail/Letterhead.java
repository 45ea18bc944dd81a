package dev.sluice.sinks.mail;

import dev.sluice.sinks.PlainText;
import dev.sluice.sinks.alert.Alert;
import dev.sluice.sinks.alert.AlertText;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;

/**
 * What stands at the head of every mail: sender, recipients, list. A mail's Message-ID follows from
 * the alert's key, so a repeat has the same; mails about one item, or of one group, name the same
 * first mail (RFC 5322, 3.6.4), so they stand in one thread. Marked as made by a machine (RFC 3834)
 * and as of a list (RFC 2919), so that nobody's absence is answered to it.
 */
record Letterhead(InternetAddress from, List<InternetAddress> to, String domain, String listId) {
  private static final int MAX_RECIPIENTS = 50;
  private static final int MAX_SUBJECT = 200;
  private static final String LIST_ID = "[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+";

  Letterhead {
    to = List.copyOf(to);
  }

  static Letterhead of(String key, MailSettings settings) {
    InternetAddress from = address(key + "from", settings.from());
    if (settings.to().isEmpty() || settings.to().size() > MAX_RECIPIENTS) {
      throw new IllegalArgumentException(
          key + "to: needs 1 to 50 addresses, not " + settings.to().size());
    }
    List<InternetAddress> to =
        settings.to().stream().map(each -> address(key + "to", each)).toList();
    String domain = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
    String set = settings.listId();
    String listId = set == null || set.isBlank() ? "sluice." + domain : set.strip();
    if (!listId.matches(LIST_ID)) {
      throw new IllegalArgumentException(
          key + "list-id: \"" + PlainText.line(listId, 100) + "\" is no name like a.example.org");
    }
    return new Letterhead(from, to, domain, listId);
  }

  MimeMessage letter(Session session, Alert alert, Instant now) throws MessagingException {
    AlertText text = AlertText.of(alert);
    String id = id("message\n" + alert.key());
    MimeMessage letter =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
          }
        };
    letter.setFrom(from);
    letter.setRecipients(RecipientType.TO, to.toArray(Address[]::new));
    letter.setSubject(PlainText.line("[Sluice] " + text.title(), MAX_SUBJECT), "UTF-8");
    letter.setSentDate(Date.from(now));
    String first = id("thread\n" + thread(alert));
    letter.setHeader("In-Reply-To", first);
    letter.setHeader("References", first);
    letter.setHeader("List-Id", "<" + listId + ">");
    letter.setHeader("Auto-Submitted", "auto-generated");
    letter.setHeader("X-Auto-Response-Suppress", "All");
    MimeMultipart both = new MimeMultipart("alternative");
    both.addBodyPart(part(Letter.plain(text), "plain"));
    both.addBodyPart(part(Letter.html(text), "html"));
    letter.setContent(both);
    letter.saveChanges();
    return letter;
  }

  private static String thread(Alert alert) {
    return switch (alert.kind()) {
      case SINGLE -> "item\n" + alert.worst().item().getId();
      case EXPLOITED -> "exploited\n" + alert.group();
      case DIGEST, STORM -> "group\n" + alert.group();
    };
  }

  private static MimeBodyPart part(String words, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(words, "UTF-8", subtype);
    // Lines of any length and any language pass every server.
    part.setHeader("Content-Transfer-Encoding", "quoted-printable");
    return part;
  }

  private String id(String of) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(of.getBytes(StandardCharsets.UTF_8));
      return "<" + HexFormat.of().formatHex(hash, 0, 16) + "@" + domain + ">";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static InternetAddress address(String key, String written) {
    try {
      InternetAddress address = new InternetAddress(written == null ? "" : written, true);
      if (address.getAddress().indexOf('@') < 1 || written.chars().anyMatch(c -> c < ' ')) {
        throw new AddressException("no domain");
      }
      return address;
    } catch (AddressException e) {
      throw new IllegalArgumentException(
          "%s: \"%s\" is no mail address; write Name <name@example.org>"
              .formatted(key, PlainText.line(written, 100)),
          e);
    }
  }
}
