# One image for every service; the command says which: gateway, streams, sinks, topics, publish.
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN mvn -q -B -DskipTests package \
 && mkdir -p /opt/sluice/lib \
 && cp app/target/sluice-app-*.jar app/target/lib/*.jar /opt/sluice/lib/ \
 && cp sluice LICENSE /opt/sluice/

FROM eclipse-temurin:17-jre
RUN groupadd --system --gid 10001 sluice \
 && useradd --system --uid 10001 --gid sluice --home-dir /var/lib/sluice --create-home --shell /usr/sbin/nologin sluice
COPY --from=build /opt/sluice /opt/sluice
USER 10001:10001
WORKDIR /var/lib/sluice
VOLUME /var/lib/sluice
ENTRYPOINT ["/opt/sluice/sluice"]
CMD ["--help"]
