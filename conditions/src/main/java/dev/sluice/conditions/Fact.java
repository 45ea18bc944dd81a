package dev.sluice.conditions;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * One fact by its name in a condition.
 *
 * @param <F> where its value is taken from
 * @param values allowed words, for a fact that is one of a fixed set; else empty
 * @param value the value as CEL sees it; never null
 */
public record Fact<F>(String name, CelType type, List<String> values, Function<F, Object> value) {
  public Fact {
    values = List.copyOf(values);
  }

  /** A word of a fixed set, as the enum writes it. */
  public static <F> Fact<F> word(String name, Enum<?>[] values, Function<F, Enum<?>> get) {
    List<String> words = Arrays.stream(values).map(Enum::name).toList();
    return new Fact<>(name, SimpleType.STRING, words, from -> get.apply(from).name());
  }

  /** True or false. */
  public static <F> Fact<F> flag(String name, Function<F, Boolean> get) {
    return new Fact<>(name, SimpleType.BOOL, List.of(), get::apply);
  }

  /** Any text; null is read as empty. */
  public static <F> Fact<F> text(String name, Function<F, String> get) {
    return new Fact<>(
        name,
        SimpleType.STRING,
        List.of(),
        from -> {
          String text = get.apply(from);
          return text == null ? "" : text;
        });
  }

  /** Any number of texts. */
  public static <F> Fact<F> texts(String name, Function<F, Collection<String>> get) {
    return new Fact<>(
        name, ListType.create(SimpleType.STRING), List.of(), from -> List.copyOf(get.apply(from)));
  }
}
