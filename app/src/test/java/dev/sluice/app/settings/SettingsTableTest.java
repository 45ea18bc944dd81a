package dev.sluice.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsTableTest {
  @Test
  void pageSaysWhatTheRecordsSay() throws IOException {
    Path page = Path.of(System.getProperty("sluice.root"), "docs", "settings.md");
    String fresh = SettingsTable.markdown(SluiceSettings.class);
    if (Boolean.getBoolean("sluice.update")) {
      Files.createDirectories(page.getParent());
      Files.writeString(page, fresh);
    }

    assertThat(page).hasContent(fresh);
  }
}
