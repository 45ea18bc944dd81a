package dev.sluice.streams.rules.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.Component;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden: what is here names findings that exist. Another result needs a new generation. */
class PurlsTest {
  @ParameterizedTest
  @CsvSource({
    "pkg:deb/debian/libc6@2.36-9%2Bdeb12u1?arch=amd64&distro=debian-12, pkg:deb/debian/libc6",
    "pkg:deb/debian/libc6@2.41?arch=amd64&distro=debian-13&upstream=glibc, pkg:deb/debian/libc6",
    "pkg:deb/libc6@2.41?distro=debian-13, pkg:deb/debian/libc6",
    "pkg:deb/ubuntu/LibC6@2.41, pkg:deb/ubuntu/libc6",
    "pkg:rpm/rhel/openssl-libs@3.0.7-16.el9?epoch=1, pkg:rpm/redhat/openssl-libs",
    "pkg:rpm/redhat/openssl-libs@1:3.0.7-16.el9, pkg:rpm/redhat/openssl-libs",
    "pkg:rpm/almalinux/curl@7.76.1, pkg:rpm/alma/curl",
    "pkg:rpm/amzn/curl@8.3.0, pkg:rpm/amazon/curl",
    "pkg:rpm/ol/curl@8.3.0, pkg:rpm/oracle/curl",
    "pkg:rpm/opensuse.leap/curl@8.3.0, pkg:rpm/opensuse/curl",
    "pkg:apk/alpine/ssl_client@1.36.1-r20?distro=3.19.7, pkg:apk/alpine/ssl_client",
    "pkg:npm/%40Babel/traverse@7.1.0, pkg:npm/@babel/traverse",
    "pkg:npm/babel/traverse@7.1.0, pkg:npm/@babel/traverse",
    "pkg:npm/jsonwebtoken@0.4.0, pkg:npm/jsonwebtoken",
    "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1, pkg:maven/org.apache.logging.log4j/log4j-core",
    "pkg:maven/com.Example/Thing@1?type=jar, pkg:maven/com.Example/Thing",
    "pkg:golang/github.com/Golang-JWT/jwt/v5@v5.2.1, pkg:golang/github.com/golang-jwt/jwt/v5",
    "pkg:golang/github.com/golang-jwt/jwt@v3.2.1#request, pkg:golang/github.com/golang-jwt/jwt",
    "pkg:golang/gopkg.in/yaml.v2@v2.2.1, pkg:golang/gopkg.in/yaml.v2",
    "pkg:golang/stdlib@1.20.1, pkg:golang/stdlib",
    "pkg:golang/std@v1.20.1, pkg:golang/stdlib",
    "pkg:golang/std/net/http@1.20.1, pkg:golang/stdlib",
    "pkg:pypi/Ruamel.yaml__clib@0.2, pkg:pypi/ruamel-yaml-clib",
    "pkg:pypi/typing_extensions@4, pkg:pypi/typing-extensions",
    "pkg:composer/Symfony/HTTP-Kernel@4.4, pkg:composer/symfony/http-kernel",
    "pkg:nuget/Newtonsoft.Json@9.0.1, pkg:nuget/newtonsoft.json",
    "pkg:cargo/serde_json@1.0, pkg:cargo/serde-json",
    "pkg:gem/Rails@5.0, pkg:gem/Rails",
    "pkg:githubactions/Actions/Checkout@v3, pkg:github/actions/checkout",
    "pkg:github/actions/checkout@v3, pkg:github/actions/checkout",
    "pkg:swift/github.com/Apple/swift-nio@2.0, pkg:swift/github.com/apple/swift-nio",
    "pkg:generic/nginx@1.19.10, pkg:generic/nginx",
  })
  void oneSpellingOfAPurlWithoutItsVersion(String reported, String subject) {
    assertThat(Purls.subject(Component.newBuilder().setPurl(reported).setName("x").build()))
        .isEqualTo(subject);
  }

  @ParameterizedTest
  @CsvSource({
    "deb, debian-12, libc6, pkg:deb/debian/libc6",
    "rpm, rhel-9.4, curl, pkg:rpm/redhat/curl",
    "rpm, Red Hat-9, curl, pkg:rpm/redhat/curl",
    "rpm, opensuse-leap, curl, pkg:rpm/opensuse/curl",
    "apk, alpine-3.19, busybox, pkg:apk/alpine/busybox",
    "npm, , @babel/traverse, pkg:npm/@babel/traverse",
    "maven, , org.yaml:snakeyaml, pkg:maven/org.yaml/snakeyaml",
    "maven, , org.yaml/snakeyaml, pkg:maven/org.yaml/snakeyaml",
    "golang, , golang.org/x/crypto, pkg:golang/golang.org/x/crypto",
    "go, , golang.org/x/crypto, pkg:golang/golang.org/x/crypto",
    "golang, , stdlib, pkg:golang/stdlib",
    "packagist, , laravel/framework, pkg:composer/laravel/framework",
    "rubygems, , rails, pkg:gem/rails",
    "'', , apt, pkg:generic/apt",
  })
  void nameAndEcosystemGiveTheSameAsAPurl(
      String ecosystem, String distro, String name, String subject) {
    Component component =
        Component.newBuilder().setEcosystem(ecosystem).setDistro(distro).setName(name).build();
    assertThat(Purls.subject(component)).isEqualTo(subject);
  }

  @ParameterizedTest
  @CsvSource({
    "pkg:deb/debian/libc6, libc6",
    "pkg:generic/libc6, libc6",
    "pkg:npm/@babel/traverse, babel/traverse",
    "pkg:generic/@babel/traverse, babel/traverse",
    "pkg:maven/org.yaml/snakeyaml, org.yaml/snakeyaml",
    "pkg:generic/org.yaml:snakeyaml, org.yaml/snakeyaml",
    "pkg:golang/github.com/golang-jwt/jwt/v5, github.com/golang-jwt/jwt/v5",
  })
  void packagesOfOneNameLieTogether(String subject, String name) {
    assertThat(Purls.bareName(subject)).isEqualTo(name);
  }

  @Test
  void purlThatIsNoneIsNotTrusted() {
    Component component =
        Component.newBuilder().setPurl("deb:libc6").setEcosystem("npm").setName("ms").build();
    assertThat(Purls.subject(component)).isEqualTo("pkg:npm/ms");
  }
}
