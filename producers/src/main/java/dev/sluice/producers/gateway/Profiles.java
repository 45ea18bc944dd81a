package dev.sluice.producers.gateway;

import dev.sluice.events.AssetProfile;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What teams say about their assets: the newest of {@code assets.v1}. For many threads. */
final class Profiles implements TopicTail.Follower<AssetProfile> {
  private final Map<String, AssetProfile> profiles = new ConcurrentHashMap<>();

  @Override
  public void put(String asset, AssetProfile profile) {
    profiles.put(asset, profile);
  }

  @Override
  public void remove(String asset) {
    profiles.remove(asset);
  }

  Optional<AssetProfile> of(String asset) {
    return Optional.ofNullable(profiles.get(asset));
  }
}
